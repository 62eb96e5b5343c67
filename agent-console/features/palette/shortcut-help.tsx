import { useEffect, useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { showStroke, writeStroke } from '../../lib/keys';
import { usePreferences } from '../../lib/preferences';
import { collision, commands, isMac, keysOf, type CommandId } from '../../lib/shortcuts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Keys } from '../../ui/marks';

const groups = ['go', 'work', 'list', 'ticket'] as const;

/** Waits for the next stroke and gives it to a command. */
function useRecorder(done: () => void) {
  const { keymap, set } = usePreferences();
  const [recording, setRecording] = useState<CommandId | null>(null);
  const [clash, setClash] = useState<CommandId | null>(null);
  useEffect(() => {
    if (!recording) return undefined;
    const listen = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      const written = writeStroke(event);
      if (!written) return;
      const taken = written === 'Escape' ? undefined : collision(recording, written, keymap);
      setClash(taken ?? null);
      if (taken) return;
      if (written !== 'Escape') set({ keymap: { ...keymap, [recording]: written } });
      setRecording(null);
      done();
    };
    addEventListener('keydown', listen, true);
    return () => removeEventListener('keydown', listen, true);
  }, [recording, keymap, set, done]);
  return { recording, setRecording, clash };
}

const noop = () => {};

/** Every shortcut from the one registry, each to be changed or switched off. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { keymap, set } = usePreferences();
  const { recording, setRecording, clash } = useRecorder(noop);
  const without = (command: CommandId) => Object.fromEntries(Object.entries(keymap).filter(([name]) => name !== command));
  return (
    <Dialog open onClose={() => !recording && onClose()} title={t('help.title')} description={t('help.about')} wide>
      <div className="grid gap-x-12 gap-y-6 sm:grid-cols-2">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="mb-1 text-xs font-medium text-muted">{t(`help.group.${group}`)}</h3>
            <ul>
              {(Object.keys(commands) as CommandId[]).filter((command) => commands[command].group === group).map((command) => {
                const keys = keysOf(command, keymap);
                return (
                  <li key={command} className="group flex min-h-8 items-center gap-2 border-b border-line text-md" data-command={command}>
                    <span className="min-w-0 flex-1 truncate">{t(`command.${command}`)}</span>
                    {recording === command ? <span role="status" className="text-sm text-accent">{clash ? t('help.taken', { name: t(`command.${clash}`) }) : t('help.press')}</span> : (
                      <button type="button" className="flex min-h-6 items-center gap-1 rounded-sm px-1 hover:bg-hover [&_kbd]:inline-flex!" onClick={() => setRecording(command)}>
                        <span className="sr-only">{t('help.change', { name: t(`command.${command}`) })}</span>
                        {keys.length > 0 ? keys.map((one) => <Keys key={one}>{showStroke(one, isMac())}</Keys>) : <span className="text-sm text-muted">{t('help.off')}</span>}
                      </button>
                    )}
                    {keymap[command] === undefined
                      ? <Button small look="quiet" className="text-xs" onClick={() => set({ keymap: { ...keymap, [command]: '' } })}>{t('help.off')}<span className="sr-only">{t(`command.${command}`)}</span></Button>
                      : <Button small look="quiet" className="text-xs" onClick={() => set({ keymap: without(command) })}>{t('help.default')}<span className="sr-only">{t(`command.${command}`)}</span></Button>}
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
      {Object.keys(keymap).length > 0 ? <Button className="mt-6" onClick={() => set({ keymap: {} })}>{t('help.reset')}</Button> : null}
    </Dialog>
  );
}
