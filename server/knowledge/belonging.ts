import type { Request } from 'express';
import { brandOnPage, brandsOf } from '../brands';
import { badInput, type Ctx } from '../kernel';

/** What a store is asked for so that it answers what readers of a brand may see: what belongs to all brands, or to theirs. Null: readers of the company itself. */
export const shownAt = (brandId: string | null): Record<string, unknown> => ({ $or: [{ 'brandIds.0': { $exists: false } }, ...(brandId === null ? [] : [{ brandIds: brandId }])] });

/** The brand whose page a request comes from, by its origin or its own host, else the one a key names; null: the company itself. */
export async function brandAskedBy(ctx: Ctx, { headers, hostname }: Pick<Request, 'headers' | 'hostname'>, key: string | undefined): Promise<string | null> {
  return (await brandOnPage(ctx.companyId, { origin: headers.origin ?? `https://${hostname}`, key }))?._id ?? null;
}

/** Refuses brands the company does not have with bad-input; one that is gone may stay where it was. */
export async function checkBrands(ctx: Ctx, brandIds: readonly string[] = [], before: readonly string[] = []): Promise<void> {
  const fresh = brandIds.filter((id) => !before.includes(id));
  if (fresh.length === 0) return;
  const known = new Set((await brandsOf(ctx.companyId)).map((brand) => brand._id));
  if (fresh.some((id) => !known.has(id))) throw badInput({ brandIds: 'must be brands of this company' });
}

/** How files name brands: by their keys; one that is gone by its id, which no import takes. */
export async function brandKeys(companyId: string): Promise<(brandIds: readonly string[] | undefined) => string[]> {
  const keys = new Map((await brandsOf(companyId)).map((brand) => [brand._id, brand.key]));
  return (brandIds = []) => brandIds.map((id) => keys.get(id) ?? id);
}

/** The brands a file names; null when it names one the company does not have. */
export async function brandsByKey(companyId: string): Promise<(keys: readonly string[]) => string[] | null> {
  const ids = new Map((await brandsOf(companyId)).map((brand) => [brand.key, brand._id]));
  return (keys) => {
    const found = keys.flatMap((key) => ids.get(key) ?? []);
    return found.length === keys.length ? [...new Set(found)] : null;
  };
}
