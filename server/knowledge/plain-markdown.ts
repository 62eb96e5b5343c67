import MarkdownIt from 'markdown-it';

// As the pages are made (public-article.ts), without looking for addresses in plain words.
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: false });
const betweenCells = ' · ';

type Tokens = ReturnType<typeof markdown.parse>;

function words(tokens: Tokens): string {
  return tokens.map((token) => {
    if (token.type === 'softbreak') return ' ';
    if (token.type === 'hardbreak') return '\n';
    return token.type === 'image' ? words(token.children ?? []) : token.content;
  }).join('');
}

/** The words of a Markdown text as a reader sees them, a line per paragraph, heading, list item or table row; without signs and addresses of links. */
export function plainMarkdown(text: string): string {
  const lines: string[] = [];
  let row: string[] | undefined;
  for (const token of markdown.parse(text, {})) {
    if (token.type === 'tr_open') row = [];
    else if (token.type === 'tr_close') {
      lines.push((row ?? []).filter(Boolean).join(betweenCells));
      row = undefined;
    } else if (token.type === 'inline') (row ?? lines).push(words(token.children ?? []).trim());
    else if (token.type === 'fence' || token.type === 'code_block') lines.push(token.content.trimEnd());
  }
  return lines.filter(Boolean).join('\n');
}
