import { model } from 'mongoose';
import { houseSchema } from '../kernel';

/** A skill as stored. */
export interface SkillDoc {
  _id: string;
  companyId: string;
  name: string;
  nameKey: string;
}

const schema = houseSchema<SkillDoc>({ name: { type: String, required: true }, nameKey: { type: String, required: true } }, { collection: 'skills' });
schema.index({ companyId: 1, nameKey: 1 }, { unique: true });
/** The collection of skills. */
export const Skills = model<SkillDoc>('Skill', schema);

/** A company's skills by name. */
export const skillsOf = (companyId: string): Promise<SkillDoc[]> => Skills.find({ companyId }).sort({ nameKey: 1 }).lean<SkillDoc[]>();
