// Colours of Trunkline's own mails, light and dark; the same ones as in the help centre.
export const light = { ground: '#f4f6f8', card: '#ffffff', line: '#d9dee3', ink: '#14181c', soft: '#515a63', accent: '#0b5d66', onAccent: '#ffffff' };
export const dark = { ground: '#101214', card: '#1d2125', line: '#343a41', ink: '#eef1f4', soft: '#aab3bc', accent: '#5fc7c9', onAccent: '#0c1413' };
