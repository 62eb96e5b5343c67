/** What a key event must offer to be matched; a KeyboardEvent does. */
export interface Stroke {
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing?: boolean;
}

const modifiers = ['Control', 'Alt', 'Shift', 'Meta', 'OS', 'CapsLock'];

/**
 * A stroke in writing, by physical key so that Korean or Russian layouts work too: "Mod+KeyK", "Shift+Slash", "F6".
 * Ctrl and Cmd are both Mod. Empty for a modifier alone.
 */
export function writeStroke(stroke: Stroke): string {
  const code = stroke.code.replace(/^Numpad(?=Enter$)/, '');
  if (!code || modifiers.some((name) => code.startsWith(name))) return '';
  return [stroke.ctrlKey || stroke.metaKey ? 'Mod' : '', stroke.altKey ? 'Alt' : '', stroke.shiftKey ? 'Shift' : '', code].filter(Boolean).join('+');
}

const signs: Record<string, string> = {
  Slash: '/', Backslash: '\\', Comma: ',', Period: '.', BracketLeft: '[', BracketRight: ']', Minus: '-', Equal: '=', Semicolon: ';', Quote: "'", Backquote: '`',
  Enter: '⏎', Escape: 'Esc', Space: '␣', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Backspace: '⌫', Delete: 'Del',
};

/** The same for people: "Ctrl K", "⌘K", "?". */
export function showStroke(written: string, mac: boolean): string {
  if (written === 'Shift+Slash') return '?';
  if (written === 'Shift+Digit3') return '#';
  const parts = written.split('+').map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
    if (part === 'Alt') return mac ? '⌥' : 'Alt';
    if (part === 'Shift') return mac ? '⇧' : 'Shift';
    return signs[part] ?? part.replace(/^(Key|Digit)/, '');
  });
  return parts.join(mac ? '' : ' ');
}

/** For aria-keyshortcuts. */
export const ariaStroke = (written: string): string =>
  written.split('+').map((part) => (part === 'Mod' ? 'Control' : (signs[part]?.length === 1 && /[\x21-\x7e]/.test(signs[part] ?? '') ? signs[part] : part.replace(/^(Key|Digit)/, '')))).join('+');

/** A stroke without Ctrl, Cmd or Alt would land in a text field: such keys must do nothing there. */
export const isPlain = (written: string): boolean => !/^(Mod|Alt)\+/.test(written) && !/(^|\+)F\d+$/.test(written);
