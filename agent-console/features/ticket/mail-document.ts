/** Whether a mail brings colours or a layout of its own, so that it must stand on white paper even in the dark. */
export const hasOwnLook = (html: string): boolean => /bgcolor|background|<font|<table|color\s*[:=]/i.test(html);

/** Whether a mail wants pictures from elsewhere. */
export const hasRemoteImages = (html: string): boolean => /<img[^>]+src\s*=\s*["']?\s*(https?:)?\/\//i.test(html) || /url\(\s*["']?\s*(https?:)?\/\//i.test(html);

/** The addresses of pictures from elsewhere, which the server has put aside, in their place again. */
const withImages = (html: string): string => html.replace(/ data-remote-src="(https?:[^"]*)"/g, ' src="$1"');

/**
 * The document put into the frame. It forbids everything but inline styles and pictures of ours; pictures from elsewhere only when `images`.
 * The frame's sandbox forbids scripts once more.
 */
export function frameDocument(html: string, { images, dark, lang = '' }: { images: boolean; dark: boolean; lang?: string }): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: blob:${images ? ' http: https:' : ''}`;
  const style = `:root{color-scheme:${dark ? 'dark' : 'light'}}body{margin:0;padding:4px 0;font:14px/20px 'Inter Variable',system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:8px 0 8px 8px;padding-inline-start:8px;border-inline-start:2px solid GrayText}p{margin:0 0 8px}p:last-child{margin:0}`;
  return `<!doctype html><html dir="auto"${/^[a-z]{2,3}(-\w+)*$/i.test(lang) ? ` lang="${lang}"` : ''}><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer"><base target="_blank"><style>${style}</style></head><body>${images ? withImages(html) : html}</body></html>`;
}
