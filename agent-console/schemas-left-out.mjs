/** What the console reads of an endpoint; the body only as whether there is one. Names, summaries and schemas are for the server. */
const read = new Set(['method', 'path', 'produces']);

/** The name a chain of calls and properties begins with: `z` of `z.string().max(3)`. */
function rootOf(node) {
  if (node.type === 'CallExpression') return rootOf(node.callee);
  if (node.type === 'MemberExpression') return rootOf(node.object);
  return node.type === 'Identifier' ? node.name : '';
}

const isEndpoint = (node) => node.type === 'CallExpression' && node.callee.name === 'endpoint' && node.arguments[0]?.type === 'ObjectExpression';

/** What stays of an endpoint's declaration. */
function shortened({ arguments: [spec] }, code) {
  const kept = spec.properties.flatMap((property) => {
    if (property.type !== 'Property') return [code.slice(property.start, property.end)];
    if (property.key.name === 'body') return ['body: true'];
    return read.has(property.key.name) ? [code.slice(property.start, property.end)] : [];
  });
  return `({ ${kept.join(', ')} })`;
}

/** Names that stand for schemas or make them: zod's own and whatever the file with the common fields gives. */
function makersOf(program) {
  const imports = program.body.filter(({ type, source }) => type === 'ImportDeclaration' && (source.value === 'zod' || source.value === './fields'));
  return new Set(imports.flatMap(({ specifiers }) => specifiers.map(({ local }) => local.name)));
}

/** The places to change, outermost first; functions stay as they are. */
function changes(node, { code, makers }) {
  if (!node || typeof node !== 'object') return [];
  if (Array.isArray(node)) return node.flatMap((each) => changes(each, { code, makers }));
  if (/Function/.test(node.type ?? '')) return [];
  if (isEndpoint(node)) return [{ start: node.start, end: node.end, text: shortened(node, code) }];
  if (node.type === 'CallExpression' && makers.has(rootOf(node))) return [{ start: node.start, end: node.end, text: 'z' }];
  return Object.values(node).flatMap((each) => changes(each, { code, makers }));
}

/**
 * Leaves the protocol's schemas out of the browser, where nothing is checked by them: some 16 kB (gzip) less to load at first, by `npm run -s size`.
 * What it does not see, such as the common fields, is answered by lib/no-schemas.ts.
 */
export const schemasLeftOut = () => ({
  name: 'schemas-left-out',
  transform(code, id) {
    if (!/\/protocol\/[a-z-]+\.ts$/.test(id) || /\/protocol\/fields\.ts$/.test(id)) return null;
    const program = this.parse(code);
    const makers = makersOf(program);
    if (!makers.has('z')) return null;
    const result = changes(program.body, { code, makers }).sort((one, other) => other.start - one.start).reduce((text, { start, end, text: instead }) => text.slice(0, start) + instead + text.slice(end), code);
    return { code: result, map: null };
  },
});
