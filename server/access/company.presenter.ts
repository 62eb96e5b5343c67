import type { Me } from '../../protocol';
import type { Company } from './company.model';

/** A company as the protocol shows it. */
export const presentCompany = ({ _id, name, locale, timeZone }: Company): Me['company'] => ({ id: _id, name, locale, timeZone });
