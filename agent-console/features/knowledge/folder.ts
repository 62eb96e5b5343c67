/** Markdown files that go in one call. */
export type Batch = File[];

const mostFiles = 200;
const mostBytes = 900_000;

/** Path of a chosen file inside the folder that was chosen. */
export const pathOf = (file: File): string => file.webkitRelativePath.split('/').slice(1).join('/') || file.name;

// The languages of an article lie next to each other, with or without their folder.
const stemOf = (file: File): string => pathOf(file).replace(/\.(?:md|markdown)$/i, '').replace(/\.[a-z]{2}(?:-[A-Za-z]{2,4})?$/, '').split('/').filter((part, index, all) => index === all.length - 1 || !/^[a-z]{2}(?:-[A-Za-z]{2,4})?$/.test(part)).join('/');

/** The Markdown files of a folder in batches; the languages of an article stay together. */
export function batchesOf(files: readonly File[]): Batch[] {
  const found = files.filter((file) => /\.(?:md|markdown)$/i.test(file.name) && !/(?:^|\/)(?:\.|node_modules\/)/.test(pathOf(file))).map((file) => ({ file, stem: stemOf(file) })).sort((a, b) => (a.stem < b.stem ? -1 : a.stem > b.stem ? 1 : 0));
  const batches: Batch[] = [];
  let bytes = 0;
  found.forEach(({ file, stem }, index) => {
    const last = batches.at(-1);
    const full = !last || ((last.length >= mostFiles || bytes + file.size > mostBytes) && found[index - 1]?.stem !== stem);
    if (full) {
      batches.push([file]);
      bytes = 0;
    } else last.push(file);
    bytes += file.size;
  });
  return batches;
}

/** Paths of the pictures a Markdown file shows that lie in its folder. */
export function picturesIn({ path, text }: { path: string; text: string }): string[] {
  const here = path.split('/').slice(0, -1);
  return [...text.matchAll(/!\[[^\]]*\]\(\s*<?([^)\s>]+)/g)].map((match) => match[1] ?? '').filter((href) => href !== '' && !/^(?:[a-z][a-z0-9+.-]*:|\/|#)/i.test(href)).map((href) => {
    const parts = [...here];
    for (const part of decodeURI(href).split(/[?#]/)[0]?.split('/') ?? []) {
      if (part === '..') parts.pop();
      else if (part !== '.' && part !== '') parts.push(part);
    }
    return parts.join('/');
  });
}
