import { BLACK, INK, WHITE } from '../tokens';

type Rgb = readonly [number, number, number];

export const parse = (hex: string): Rgb => {
  const bits = parseInt(hex.slice(1), 16);
  return [bits >> 16, (bits >> 8) & 255, bits & 255];
};

const hexOf = (rgb: Rgb) => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const linear = (part: number) => (part <= 10.31475 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);

/** Relative luminance as WCAG 2 defines it, 0 to 1. */
const luminance = ([r, g, b]: Rgb) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

/** Contrast of two colours as WCAG 2 defines it, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(parse(one)), luminance(parse(other))].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The nearest colour towards black or white that reaches the contrast on `ground`. */
export function readable(colour: string, ground: string, wanted: number): string {
  const target = luminance(parse(ground)) > 0.18 ? 0 : 255;
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = hexOf(parse(colour).map((part) => part + (target - part) * share) as unknown as Rgb);
    if (contrast(mixed, ground) >= wanted) return mixed;
  }
  return target ? WHITE : BLACK;
}

/** Whichever of white and near-black reads better on a fill; one of them always has 4.5 or, at worst, the fill is moved until it has. */
export function fill(colour: string): { brand: string; ink: string } {
  const ink = [WHITE, INK].find((each) => contrast(colour, each) >= 4.5);
  return ink ? { brand: colour, ink } : { brand: readable(colour, WHITE, 4.5), ink: WHITE };
}
