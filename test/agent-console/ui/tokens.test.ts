import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../sources';

const css = readFileSync(join(folder, 'ui', 'tokens.css'), 'utf8');
const root = css.slice(css.indexOf(':root {'), css.indexOf('}', css.indexOf(':root {')));
const pairs = Object.fromEntries([...root.matchAll(/--([\w-]+): light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\)/g)].map((match) => [match[1] ?? '', [match[2] ?? '', match[3] ?? '']]));

/** Relative luminance of an OKLCH colour. */
function luminance(oklch: string): number {
  const [light = 0, chroma = 0, hue = 0] = oklch.split(/[\s/]+/).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, theme: 0 | 1): number {
  const [bright = 0, dim = 0] = [one, other].map((name) => luminance(pairs[name]?.[theme] ?? '')).sort((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

const surfaces = ['n0', 'n1', 'n2'];
const cases = [
  ...['agent-surface', 'note-surface', 'n0'].map((ground) => ['n10', ground, 7] as const),
  ...surfaces.flatMap((ground) => ['n7', 'n8', 'n9', 'accent', 'bad', 'warn', 'good', 'violet'].map((ink) => [ink, ground, 4.5] as const)),
  ['n8', 'n3', 4.5], ['n8', 'agent-surface', 4.5], ['n8', 'note-surface', 4.5], ['n8', 'accent-soft', 4.5], ['note-ink', 'note-surface', 4.5], ['on-accent', 'accent', 4.5], ['on-accent', 'accent-strong', 4.5], ['on-bad', 'bad', 4.5],
  ['accent', 'accent-soft', 4.5], ['good', 'good-soft', 4.5], ['warn', 'warn-soft', 4.5], ['bad', 'bad-soft', 4.5], ['violet', 'violet-soft', 4.5], ['n6', 'n0', 3], ['n6', 'n1', 3],
] as const;

describe.each([[0, 'light'], [1, 'dark']] as const)('contrast %#', (theme, name) => {
  test.each(cases)(`${name}: %s on %s is at least %d`, (ink, ground, least) => expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(least));
});
