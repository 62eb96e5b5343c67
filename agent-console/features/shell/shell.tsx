import type { ReactNode } from 'react';
import { useCommand } from '../../lib/shortcuts';
import { OfflineBanner } from './offline-banner';
import { Rail, type RailProps } from './rail';

/** F6 walks through the panes in the order they stand, starting from the one with the focus. */
function walk(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null || pane.getClientRects().length > 0);
  if (panes.length === 0) return;
  const current = panes.findLastIndex((pane) => pane.contains(document.activeElement));
  const from = current < 0 && step < 0 ? 0 : current;
  panes[(from + step + panes.length) % panes.length]?.focus();
}

/** The frame around every page. */
export function Shell({ bar, children, ...rail }: RailProps & { bar: ReactNode; children: ReactNode }) {
  useCommand('go.next-pane', () => walk(1));
  useCommand('go.previous-pane', () => walk(-1));
  return (
    <div className="flex h-full flex-col">
      <OfflineBanner />
      {bar}
      <div className="flex min-h-0 flex-1 flex-col-reverse sm:flex-row">
        <Rail {...rail} />
        <div className="relative flex min-h-0 min-w-0 flex-1">{children}</div>
      </div>
    </div>
  );
}
