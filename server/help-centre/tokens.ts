// Colours that are calculated with; the rest is in tokens.css, and the two surfaces are the same ones as there.
export const WHITE = '#ffffff';
export const BLACK = '#000000';
export const LIGHT_SURFACE = '#ffffff';
export const DARK_SURFACE = '#14171a';
