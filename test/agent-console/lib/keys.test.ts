import { ariaStroke, isPlain, showStroke, writeStroke } from '../../../agent-console/lib/keys';
import { collision, commandFor, commands, keysOf, type CommandId } from '../../../agent-console/lib/shortcuts';

const stroke = (code: string, more: object = {}) => writeStroke({ code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test('strokes are written by the place of the key, whatever letter it gives', () => {
  expect(stroke('KeyK', { ctrlKey: true, key: 'ㅏ' })).toBe('Mod+KeyK');
  expect(stroke('KeyK', { metaKey: true })).toBe('Mod+KeyK');
  expect(stroke('Slash', { shiftKey: true, key: ',' })).toBe('Shift+Slash');
  expect(stroke('KeyJ', { key: 'о' })).toBe('KeyJ');
  expect(stroke('NumpadEnter', { ctrlKey: true })).toBe('Mod+Enter');
  for (const code of ['ControlLeft', 'ShiftRight', 'AltLeft', 'MetaLeft', 'CapsLock', '']) expect(stroke(code)).toBe('');
});

test('strokes are shown for people and for assistive technology', () => {
  expect(showStroke('Mod+KeyK', false)).toBe('Ctrl K');
  expect(showStroke('Mod+KeyK', true)).toBe('⌘K');
  expect(showStroke('Shift+Slash', false)).toBe('?');
  expect(showStroke('Alt+ArrowDown', false)).toBe('Alt ↓');
  expect(ariaStroke('Mod+Enter')).toBe('Control+Enter');
  expect(ariaStroke('KeyJ')).toBe('J');
  expect(ariaStroke('Slash')).toBe('/');
});

test('only strokes that would write something are inert in text fields', () => {
  expect(['KeyJ', 'Enter', 'Slash', 'Shift+Slash'].every(isPlain)).toBe(true);
  expect(['Mod+KeyK', 'Alt+KeyA', 'F6', 'Shift+F6', 'Mod+Enter'].some(isPlain)).toBe(false);
});

test('no two commands share a key', () => {
  const all = Object.values(commands).flatMap((command) => [...command.keys]);
  expect(new Set(all).size).toBe(all.length);
});

test('the keys promised in the documentation are there', () => {
  const promised: Record<string, CommandId> = { KeyJ: 'list.next', KeyK: 'list.previous', Enter: 'list.open', KeyR: 'ticket.reply', KeyN: 'ticket.note', KeyE: 'ticket.solve', KeyA: 'offer.accept', KeyH: 'ticket.hold', Slash: 'go.search', 'Shift+Slash': 'go.help', 'Mod+KeyK': 'go.palette', 'Mod+Enter': 'ticket.send', F6: 'go.next-pane', 'Shift+F6': 'go.previous-pane' };
  for (const [written, command] of Object.entries(promised)) expect(commandFor(written, {})).toBe(command);
});

test('keys can be changed and switched off, and a collision is named', () => {
  const keymap = { 'list.next': 'KeyX', 'ticket.solve': '' };
  expect(commandFor('KeyX', keymap)).toBe('list.next');
  expect(commandFor('KeyJ', keymap)).toBeUndefined();
  expect(keysOf('ticket.solve', keymap)).toEqual([]);
  expect(collision('ticket.reply', 'KeyX', keymap)).toBe('list.next');
  expect(collision('list.next', 'KeyX', keymap)).toBeUndefined();
  expect(collision('ticket.reply', 'KeyE', keymap)).toBeUndefined();
});
