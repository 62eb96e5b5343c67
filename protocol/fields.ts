import { z } from 'zod';

// Field kinds used by every schema, so that a length, a unit or a format is decided once and each field says what it means.

/** An id made by Trunkline: 24 hexadecimal digits. */
export const id = (meaning: string) => z.string().regex(/^[0-9a-f]{24}$/, 'must be an id of 24 hexadecimal digits').describe(meaning);

/** One line of text, trimmed, 1 to `max` characters. */
export const line = (max: number, meaning: string) => z.string().trim().min(1).max(max).describe(meaning);

/** Text of several lines, up to `max` characters, possibly empty. */
export const text = (max: number, meaning: string) => z.string().max(max).describe(meaning);

/** A moment in ISO 8601, UTC, with milliseconds. */
export const moment = (meaning: string) => z.iso.datetime().describe(meaning);

/** A whole number of 0 or more. */
export const count = (meaning: string) => z.int().min(0).describe(meaning);

/** Seconds, possibly fractional, 0 or more. */
export const seconds = (meaning: string) => z.number().min(0).describe(meaning);

/** Yes or no. */
export const flag = (meaning: string) => z.boolean().describe(meaning);

/** A name chosen by the client for something it makes, so that a repeated send is recognised: 8 to 64 characters. */
export const clientId = z.string().regex(/^[\w-]{8,64}$/, 'must be 8 to 64 letters, digits, _ or -')
  .describe('Chosen by the client and unique per ticket: sending the same one again has no second effect');

/** A BCP 47 language tag such as "en" or "zh-Hant". */
export const locale = (meaning: string) => z.string().regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'must be a language tag').describe(meaning);

/** A mail address, lower-cased. */
export const email = (meaning: string) => z.string().trim().toLowerCase().pipe(z.email().max(254)).describe(meaning);

/** A telephone number as people write it. */
export const phoneNumber = z.string().trim().regex(/^\+?[0-9][0-9 ()/.-]{4,28}$/, 'must be a telephone number').describe('Telephone number');

/** Brands an article or a guide belongs to. */
export const brandIds = z.array(id('Brand')).max(100).describe('Brands it belongs to: customers of others do not see it; none: it belongs to all, and to the company itself');

/** Key of a brand, as a page names it. */
export const brandKey = z.string().max(40).exactOptional().describe('Key of the brand whose readers ask; one that the page\'s host shows goes before it');

/** What a list query may carry to turn pages. */
export const paging = {
  after: z.string().max(200).exactOptional().describe('Cursor from the previous page\'s `next`; absent for the first page'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Rows per page, 1 to 200'),
};

/** A page of rows: `next` is the cursor of the following page, null on the last one. */
export const page = <T extends z.ZodType>(row: T) => z.object({
  rows: z.array(row).describe('Rows in the order asked for'),
  next: z.string().nullable().describe('Cursor for the next page, null when this is the last'),
});

/** An answer that carries nothing. */
export const nothing = z.strictObject({});

type Optional<T extends z.ZodRawShape> = { [K in keyof T]: z.ZodExactOptional<T[K]> };

/** The same fields, each of which may be left out; unknown ones are refused. */
export function partialOf<T extends z.ZodRawShape>(shape: T): z.ZodObject<Optional<T>, z.core.$strict> {
  const fields = Object.entries(shape).map(([name, field]) => [name, z.exactOptional(field as z.ZodType)]);
  return z.strictObject(Object.fromEntries(fields)) as unknown as z.ZodObject<Optional<T>, z.core.$strict>;
}
