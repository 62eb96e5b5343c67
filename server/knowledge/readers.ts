import { knowledgeSettings, type Article, type KnowledgeSettings } from '../../protocol';
import { readSetting, writeSetting, type Ctx } from '../kernel';

/** Whom something is found for: everybody, signed-in customers, signed-in partners, colleagues. */
export type Audience = Article['audience'];

/** Who reads from outside: customers of a brand (null: of the company itself), signed in or not. */
export interface Reader {
  brandId: string | null;
  audience: Exclude<Audience, 'internal'>;
}

/** What each may read. */
export const readable: Record<Audience, Audience[]> = { public: ['public'], customers: ['public', 'customers'], partners: ['public', 'customers', 'partners'], internal: ['public', 'customers', 'partners', 'internal'] };

const kind = 'knowledge';
/** What a company says about its knowledge as a whole. */
export const knowledgeSettingsOf = (companyId: string) => readSetting(companyId, kind, knowledgeSettings);

/** Replaces it; every node's next search knows. */
export const putKnowledgeSettings = ({ companyId }: Ctx, settings: KnowledgeSettings): Promise<void> => writeSetting(companyId, kind, settings);

/** What somebody may read who proved an address by signing in; null: nobody signed in. */
export async function audienceOf(ctx: Ctx, email: string | null): Promise<Reader['audience']> {
  if (email === null) return 'public';
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  const { partnerDomains } = await knowledgeSettingsOf(ctx.companyId);
  return partnerDomains.includes(domain) ? 'partners' : 'customers';
}
