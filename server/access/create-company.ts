import { isDuplicate, newId, problem, type Services } from '../kernel';
import { companies, CompanyModel, type Company } from './company.model';
import { demandTimeZone } from './time-zone';

interface NewCompany {
  name: string;
  locale: string;
  timeZone: string;
}

/** Makes a company. */
export async function createCompany(services: Services, input: NewCompany): Promise<Company> {
  return insert(services, input, false);
}

/** The default company, made when there is none yet; `created` tells the one caller of all nodes who made it. */
export async function ensureCompany(services: Services, input: NewCompany): Promise<{ company: Company; created: boolean }> {
  const found = await firstCompany();
  if (found) return { company: found, created: false };
  try {
    return { company: await insert(services, input, true), created: true };
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return { company: await theCompany(services), created: false };
  }
}

const firstCompany = async (): Promise<Company | null> => (await companies('every'))[0] ?? null;

/** The default company: the one made first. Throws starting while there is none. */
export async function theCompany(_services: Services): Promise<Company> {
  const found = await firstCompany();
  if (!found) throw problem('starting');
  return found;
}

/** A company by its id, null when there is none. */
export const companyById = async (id: string): Promise<Company | null> => (await companies('every')).find((company) => company._id === id) ?? null;

async function insert(services: Services, input: NewCompany, first: boolean): Promise<Company> {
  demandTimeZone(input.timeZone);
  const id = newId();
  const company: Company = { _id: id, companyId: id, name: input.name, locale: input.locale, timeZone: input.timeZone, createdAt: new Date(services.clock.now()), ...(first ? { first: true } : {}) };
  await CompanyModel.create(company);
  return company;
}

/** Ids of every company, the default one first. */
export const companyIds = async (): Promise<string[]> => (await companies('every')).map((company) => company._id);
