// Builds the widget: trunkline.js, the classic script that a host page embeds, and module files under assets/ that it fetches on first intent.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const locales = readdirSync(here('locales')).filter((name) => name.endsWith('.ts') && name !== 'words.ts').map((name) => name.slice(0, -3));

/** Tells the loader what the files with hashed names are called, and checks that it needs none of them at once. */
const fileNames = {
  name: 'file-names',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((chunk) => chunk.type === 'chunk');
    const loader = chunks.find((chunk) => chunk.name === 'trunkline');
    const names = Object.fromEntries(chunks.filter((chunk) => chunk.isEntry && chunk !== loader).map((chunk) => [chunk.name, chunk.fileName]));
    if (loader.imports.length > 0) this.error(`the loader must stand alone, but imports ${loader.imports.join(', ')}`);
    const code = loader.code.replace(/(["'`])__FILES__\1/, JSON.stringify(names));
    if (code === loader.code) this.error('the loader does not ask for its file names');
    // A classic script shares its names with the page, unless it has a scope of its own.
    loader.code = `(()=>{${code}})();\n`;
  },
};

export default {
  root: here('.'),
  base: './',
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [fileNames],
  build: {
    outDir: here('../dist/widget'),
    emptyOutDir: true,
    manifest: true,
    modulePreload: false,
    target: ['chrome111', 'firefox113', 'safari16.4'],
    rolldownOptions: {
      input: { trunkline: here('loader.ts'), frame: here('frame/main.tsx'), ...Object.fromEntries(locales.map((name) => [name, here(`locales/${name}.ts`)])) },
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: (chunk) => (chunk.name === 'trunkline' ? 'trunkline.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
      },
    },
  },
};
