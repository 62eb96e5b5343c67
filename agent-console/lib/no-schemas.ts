/**
 * Stands in for zod in the browser. The console names endpoints by the protocol's objects but checks nothing itself: the server does, and answers
 * with the field that is wrong. Any call or property answers the stand-in again, so that schemas can still be declared.
 */
const schema: unknown = new Proxy(() => {}, { get: () => schema, apply: () => schema });

export const z = schema;
