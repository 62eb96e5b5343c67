import { model } from 'mongoose';
import { houseSchema } from '../kernel';

export interface SkillDoc {
  _id: string;
  companyId: string;
  name: string;
  nameKey: string;
}

const schema = houseSchema<SkillDoc>({ name: { type: String, required: true }, nameKey: { type: String, required: true } }, { collection: 'skills' });
schema.index({ companyId: 1, nameKey: 1 }, { unique: true });
export const Skills = model<SkillDoc>('Skill', schema);

export const skillsOf = (companyId: string): Promise<SkillDoc[]> => Skills.find({ companyId }).sort({ nameKey: 1 }).lean<SkillDoc[]>();
