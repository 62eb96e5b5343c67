import { useEffect, useRef } from 'react';
import { ariaStroke, isPlain, writeStroke } from './keys';
import { usePreferences } from './preferences';

/** Every command with a key, in the order the help shows them: id → group and default keys. Handlers are made from this list and nothing else. */
export const commands = {
  'go.palette': { group: 'go', keys: ['Mod+KeyK'] },
  'go.search': { group: 'go', keys: ['Slash'] },
  'go.help': { group: 'go', keys: ['Shift+Slash'] },
  'go.next-pane': { group: 'go', keys: ['F6'] },
  'go.previous-pane': { group: 'go', keys: ['Shift+F6'] },
  'go.inbox': { group: 'go', keys: ['Alt+Digit1'] },
  'go.board': { group: 'go', keys: ['Alt+Digit2'] },
  'go.customers': { group: 'go', keys: ['Alt+Digit3'] },
  'go.knowledge': { group: 'go', keys: ['Alt+Digit4'] },
  'go.settings': { group: 'go', keys: ['Alt+Digit5'] },
  'offer.accept': { group: 'work', keys: ['KeyA', 'Alt+KeyA'] },
  'offer.decline': { group: 'work', keys: ['KeyD', 'Alt+KeyD'] },
  'state.toggle': { group: 'work', keys: ['Alt+KeyS'] },
  'list.next': { group: 'list', keys: ['KeyJ'] },
  'list.previous': { group: 'list', keys: ['KeyK'] },
  'list.open': { group: 'list', keys: ['Enter'] },
  'list.new': { group: 'list', keys: ['KeyC'] },
  'list.select': { group: 'list', keys: ['KeyX'] },
  'list.select-all': { group: 'list', keys: ['Shift+KeyX'] },
  'list.next-mine': { group: 'list', keys: ['Alt+ArrowDown'] },
  'list.previous-mine': { group: 'list', keys: ['Alt+ArrowUp'] },
  'ticket.reply': { group: 'ticket', keys: ['KeyR'] },
  'ticket.note': { group: 'ticket', keys: ['KeyN'] },
  'ticket.send': { group: 'ticket', keys: ['Mod+Enter'] },
  'ticket.solve': { group: 'ticket', keys: ['KeyE'] },
  'ticket.hold': { group: 'ticket', keys: ['KeyH'] },
  'ticket.snooze': { group: 'ticket', keys: ['KeyZ'] },
  'ticket.assign': { group: 'ticket', keys: ['KeyM'] },
  'ticket.transfer': { group: 'ticket', keys: ['KeyT'] },
  'ticket.merge': { group: 'ticket', keys: ['Shift+KeyM'] },
  'ticket.more': { group: 'ticket', keys: ['Period'] },
  'ticket.tags': { group: 'ticket', keys: ['KeyG'] },
  'ticket.link': { group: 'ticket', keys: ['KeyL'] },
  'ticket.canned': { group: 'ticket', keys: ['KeyI'] },
  'ticket.macro': { group: 'ticket', keys: ['KeyY'] },
  'ticket.back': { group: 'ticket', keys: ['KeyU'] },
} as const satisfies Record<string, { group: 'go' | 'work' | 'list' | 'ticket'; keys: readonly string[] }>;

export type CommandId = keyof typeof commands;
export type Keymap = Record<string, string>;

/** The keys of a command after remapping; none when switched off. The second default stays only while the first is not changed. */
export function keysOf(command: CommandId, keymap: Keymap): readonly string[] {
  const changed = keymap[command];
  if (changed === undefined) return commands[command].keys;
  return changed === '' ? [] : [changed];
}

/** Which command a stroke means, or none. */
export function commandFor(written: string, keymap: Keymap): CommandId | undefined {
  return (Object.keys(commands) as CommandId[]).find((command) => keysOf(command, keymap).includes(written));
}

/** The command that already has these keys, when giving them to another would collide. */
export function collision(command: CommandId, written: string, keymap: Keymap): CommandId | undefined {
  const owner = commandFor(written, keymap);
  return owner === command ? undefined : owner;
}

type Handler = () => void;
const handlers = new Map<CommandId, Handler[]>();

/** Runs the newest handler of a command; answers whether there was one. */
export function run(command: CommandId): boolean {
  const handler = handlers.get(command)?.at(-1);
  handler?.();
  return handler !== undefined;
}

/** Whether somebody handles a command now. */
export const isHandled = (command: CommandId): boolean => (handlers.get(command)?.length ?? 0) > 0;

/** Handles a command while the component is there. */
export function useCommand(command: CommandId, handler: Handler, enabled = true): void {
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(() => {
    if (!enabled) return undefined;
    const call = () => latest.current();
    handlers.set(command, [...(handlers.get(command) ?? []), call]);
    return () => {
      handlers.set(command, (handlers.get(command) ?? []).filter((one) => one !== call));
    };
  }, [command, enabled]);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select, option'));
const isBusy = (): boolean => document.querySelector('[role=dialog], [role=menu], [role=listbox][data-popup]') !== null;
const usesEnter = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('button, a, summary, [role=button], [role=tab]') !== null;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  const written = writeStroke(event);
  if (!written) return;
  const command = commandFor(written, usePreferences.getState().keymap);
  if (!command) return;
  if (isPlain(written) && (isTyping(event.target) || isBusy())) return;
  if (written === 'Enter' && usesEnter(event.target)) return;
  if (event.repeat && !command.startsWith('list.')) return;
  if (run(command)) event.preventDefault();
}

/** Escape closes an opened list of choices, and not the dialog around it too. */
function onEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape' && event.target instanceof HTMLOptionElement) event.stopImmediatePropagation();
}

/** Starts listening for the whole page. */
export function listenForKeys(): () => void {
  addEventListener('keydown', onEscape, true);
  addEventListener('keydown', onKeyDown);
  return () => {
    removeEventListener('keydown', onEscape, true);
    removeEventListener('keydown', onKeyDown);
  };
}

export const isMac = (): boolean => typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.platform);

/** Keys of a command for aria-keyshortcuts, or nothing. */
export function useAriaKeys(command: CommandId | undefined): { 'aria-keyshortcuts'?: string } {
  const keymap = usePreferences((state) => state.keymap);
  const keys = command ? keysOf(command, keymap) : [];
  return keys.length > 0 ? { 'aria-keyshortcuts': keys.map(ariaStroke).join(' ') } : {};
}
