/** Colours offered for a company's own look, each dark enough for white letters. */
export const swatches = { teal: '#0f766e', green: '#15803d', blue: '#1d4ed8', violet: '#6d28d9', rose: '#be123c', orange: '#c2410c', brown: '#78350f', grey: '#374151' } as const;
