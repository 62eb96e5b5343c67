import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));

// Colours are light-dark() pairs; older targets would have them rewritten into something that cannot follow a manual theme.
const browsers = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

export default defineConfig({
  root,
  base: '/',
  plugins: [react(), tailwindcss()],
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
