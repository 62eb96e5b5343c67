import { h } from 'preact';
import type { ComponentChild } from 'preact';

const KEEP = /^(p|ul|ol|li|strong|em|b|i|u|s|del|code|pre|kbd|blockquote|table|thead|tbody|tr|th|td|br|hr|dl|dt|dd|figure|figcaption|details|summary|sub|sup|span|div)$/;
const DROP = /^(script|style|iframe|object|embed|template|noscript|svg|math|form|input|button|textarea|select)$/;
const SAFE_LINK = /^(https?:|mailto:|tel:|\/|#)/i;

/** Server-sanitised HTML drawn a second time from a list of harmless elements, without innerHTML: works under Trusted Types as well. */
export function rich(html: string, origin: string): ComponentChild[] {
  const children = (node: Node): ComponentChild[] => [...node.childNodes].map(draw);
  const draw = (node: Node): ComponentChild => {
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue;
    if (!(node instanceof Element) || DROP.test(node.localName)) return null;
    const name = node.localName;
    const heading = /^h([1-6])$/.exec(name);
    if (heading) return h(`h${Math.min(6, Number(heading[1]) + 2)}`, null, children(node));
    if (name === 'a') return link(node, children(node));
    if (name === 'img') return picture(node, origin);
    return KEEP.test(name) ? h(name, null, children(node)) : children(node);
  };
  const parser = new DOMParser();
  return children(parser.parseFromString(trusted(html), 'text/html').body);
}

function link(node: Element, children: ComponentChild[]): ComponentChild {
  const href = node.getAttribute('href') ?? '';
  return SAFE_LINK.test(href) ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, children) : children;
}

function picture(node: Element, origin: string): ComponentChild {
  const src = node.getAttribute('src') ?? '';
  const address = src.startsWith('/') ? origin + src : src;
  return /^https?:/.test(address) ? h('img', { src: address, alt: node.getAttribute('alt') ?? '', loading: 'lazy' }) : null;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(text: string): string }): { createHTML(text: string): string };
}

let policy: { createHTML(text: string): string } | undefined;

/** Parsing counts as a sink where a page enforces Trusted Types; what is parsed here is never inserted. */
function trusted(html: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  policy ??= types ? types.createPolicy('trunkline', { createHTML: (text) => text }) : { createHTML: (text) => text };
  return policy.createHTML(html);
}

/** Plain text with its web addresses made into links. */
export function withLinks(text: string): ComponentChild[] {
  return text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/).map((part, n) => (n % 2 ? h('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part));
}

/** Text with the ranges that matched the question marked. */
export function withMarks(text: string, marks: readonly (readonly [number, number])[]): ComponentChild[] {
  const parts: ComponentChild[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    if (from < at) continue;
    parts.push(text.slice(at, from), h('mark', null, text.slice(from, to)));
    at = to;
  }
  return [...parts, text.slice(at)];
}
