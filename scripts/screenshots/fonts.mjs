// Letters a machine without Korean, Japanese and Chinese fonts lacks: pictures would show boxes. The fonts come from packages that only
// development has; pages take them under the name of a font they ask for anyway, so that nothing is shipped and nothing in a page changes.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { root } from '../setup/paths.mjs';

const address = 'https://letters.invalid/';
// The last one wins where several have a letter.
const scripts = ['sc', 'jp', 'kr'];
const family = 'Noto Sans CJK KR';
const folderOf = (script) => join(root, 'node_modules', '@fontsource-variable', `noto-sans-${script}`);

async function sheet() {
  const parts = await Promise.all(scripts.map(async (script) => {
    const css = await readFile(join(folderOf(script), 'wght.css'), 'utf8');
    return css.replace(/font-family: '[^']+'/g, `font-family: '${family}'`).replace(/url\(\.\/files\//g, `url(${address}${script}/`).replace(/font-display: swap/g, 'font-display: block');
  }));
  return parts.join('\n');
}

let styles;

/** Lets every page of a browser profile made with `bypassCSP` have them. */
export async function serveLetters(context) {
  await context.route(`${address}**`, async (route) => {
    const [script, file] = new URL(route.request().url()).pathname.slice(1).split('/');
    await route.fulfill({ body: await readFile(join(folderOf(script), 'files', basename(file))), contentType: 'font/woff2', headers: { 'Access-Control-Allow-Origin': '*' } });
  });
}

/** Puts them on a page as it is, and waits until what it shows is drawn with them. */
export async function wearLetters(page) {
  styles ??= await sheet();
  await page.addStyleTag({ content: styles });
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    await document.fonts.ready;
  });
}
