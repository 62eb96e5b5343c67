/** A public holiday. */
export interface Holiday {
  day: string;
  name: string;
}

interface Country {
  code: string;
  name: string;
  regions: { code: string; name: string }[];
}

const dayMs = 86_400_000;
const years = new Map<string, Promise<Holiday[]>>();

// The rules of all countries take 0.2 s and 23 MB to load: only where somebody asks for holidays.
const library = async () => (await import('date-holidays')).default;

/** Public holidays of a country or region in a year, in order; none for places that are not known. */
export function holidaysOf(country: string, region: string, year: number): Promise<Holiday[]> {
  const key = `${country}-${region}-${year}`;
  const known = years.get(key) ?? read(country, region, year);
  years.set(key, known);
  return known;
}

async function read(country: string, region: string, year: number): Promise<Holiday[]> {
  const Holidays = await library();
  const rules = region === '' ? new Holidays(country) : new Holidays(country, region);
  const found = rules.getHolidays(year).filter((each) => each.type === 'public').flatMap((each) => daysOf(each).map((day) => ({ day, name: each.name })));
  return found.filter(({ day }, at) => found.findIndex((each) => each.day === day) === at).sort((a, b) => (a.day < b.day ? -1 : 1));
}

// "2026-01-01 00:00:00" is the first day on the country's own calendar; some last for several, half days do not count. A tenth forgives the hour
// that a change of the clock takes away.
function daysOf({ date, start, end }: { date: string; start: Date; end: Date }): string[] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const length = Math.floor((end.getTime() - start.getTime()) / dayMs + 0.1);
  return Array.from({ length }, (_, n) => new Date(first + n * dayMs).toISOString().slice(0, 10));
}

/** Countries whose holidays are known, by name. */
export async function countries(): Promise<Country[]> {
  const Holidays = await library();
  const rules = new Holidays();
  return Object.entries(rules.getCountries('en')).map(([code, name]) => ({ code, name, regions: Object.entries(rules.getStates(code, 'en') ?? {}).map(([region, title]) => ({ code: region, name: title })) })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
