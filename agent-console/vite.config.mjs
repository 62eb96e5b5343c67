import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { schemasLeftOut } from './schemas-left-out.mjs';

const root = dirname(fileURLToPath(import.meta.url));

// Colours are light-dark() pairs; older targets would have them rewritten into something that cannot follow a manual theme.
const browsers = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

export default defineConfig({
  root,
  base: '/',
  // Schemas are for the server: 25 kB less, and nothing to build at start-up.
  resolve: { alias: { zod: resolve(root, 'lib/no-schemas.ts') } },
  plugins: [react(), tailwindcss(), schemasLeftOut()],
  build: {
    outDir: resolve(root, '../dist/agent-console'),
    emptyOutDir: true,
    manifest: true,
    target: browsers,
    cssTarget: browsers,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
});
