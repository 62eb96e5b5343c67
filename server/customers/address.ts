import { getCountries, isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { companyById } from '../access';
import { badInput, type Ctx } from '../kernel';
import type { ContactKind } from './contact-point.model';

/** What a call without a number is filed under. */
export const anonymousCaller = 'anonymous';

/** The normal form of an address, by which it is recognised: mail addresses lower-cased, phone numbers in E.164. Throws bad-input when nothing is left. */
export async function normalAddress(ctx: Ctx, kind: ContactKind, value: string): Promise<string> {
  const text = value.normalize('NFC').trim();
  const normal = kind === 'phone' ? normalPhone(text, await countryOf(ctx)) : kind === 'email' ? text.toLowerCase() : text;
  if (normal === '' || normal.length > 254) throw badInput({ value: 'must have 1 to 254 characters' });
  return normal;
}

/** E.164 where the text is a possible number of the country or an international one; else its digits, such as an extension; else anonymous. */
export function normalPhone(text: string, country: CountryCode): string {
  const bare = text.replace(/^(tel|sip|callto):/i, '').replace(/;.*$/, '').replace(/@.*$/, '').replace(/[/\\]/g, ' ');
  const parsed = parsePhoneNumberFromString(bare, { defaultCountry: country, extract: false });
  if (parsed?.isPossible()) return parsed.number;
  return bare.replace(/\D/g, '') || anonymousCaller;
}

/** Where a company's local numbers belong: the country of its time zone, else of its language. */
export function countryFor({ timeZone, locale }: { timeZone: string; locale: string }): CountryCode {
  const zone = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  const byZone = countriesByZone().get(zone);
  const byLanguage = new Intl.Locale(locale).maximize().region ?? 'US';
  return byZone ?? (isSupportedCountry(byLanguage) ? byLanguage : 'US');
}

async function countryOf(ctx: Ctx): Promise<CountryCode> {
  const company = await companyById(ctx.companyId);
  return company ? countryFor(company) : 'US';
}

let zones: Map<string, CountryCode> | undefined;

function countriesByZone(): Map<string, CountryCode> {
  if (zones) return zones;
  zones = new Map();
  for (const country of getCountries()) for (const zone of zonesOf(country)) if (!zones.has(zone)) zones.set(zone, country);
  return zones;
}

// A property in Node 20, a method later.
function zonesOf(country: string): string[] {
  const place = new Intl.Locale(`und-${country}`) as Intl.Locale & { timeZones?: string[]; getTimeZones?: () => string[] };
  return place.getTimeZones?.() ?? place.timeZones ?? [];
}
