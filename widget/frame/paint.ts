import type { Boot } from './boot';
import { fill, readable } from './colour';

// The surfaces of tokens.css on which the company's colour has to be read.
const SURFACES = { light: '#ffffff', dark: '#16191d' } as const;
const DEFAULT = '#0f766e';

/** Puts the company's colour in place, moved as far as it must be to be read: as a fill, as text and as a line, in light and in dark. */
export function paint(boot: Boot, colour: string | null): void {
  const chosen = /^#[0-9a-f]{6}$/i.test(colour ?? '') ? (colour as string) : DEFAULT;
  const { brand, ink } = fill(chosen);
  const set = (name: string, value: string) => boot.box.style.setProperty(name, value);
  set('--brand', brand);
  set('--on-brand', ink);
  set('--accent-light', readable(chosen, SURFACES.light, 4.8));
  set('--accent-dark', readable(chosen, SURFACES.dark, 5.5));
}
