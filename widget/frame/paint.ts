import { DARK_SURFACE, HOUSE_COLOUR, LIGHT_SURFACE } from '../tokens';
import type { Boot } from './boot';
import { fill, readable } from './colour';


/** Puts the company's colour in place, moved as far as it must be to be read: as a fill, as text and as a line, in light and in dark. */
export function paint(boot: Boot, colour: string | null): void {
  const chosen = /^#[0-9a-f]{6}$/i.test(colour ?? '') ? (colour as string) : HOUSE_COLOUR;
  const { brand, ink } = fill(chosen);
  const set = (name: string, value: string) => boot.box.style.setProperty(name, value);
  set('--brand', brand);
  set('--on-brand', ink);
  set('--accent-light', readable(chosen, LIGHT_SURFACE, 4.8));
  set('--accent-dark', readable(chosen, DARK_SURFACE, 5.5));
}
