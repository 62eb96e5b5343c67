import { lazy } from 'react';

/** Everything by typing: pages, commands, tickets, customers, articles. */
export const Palette = lazy(() => import('./palette').then((file) => ({ default: file.Palette })));
/** The list of shortcuts, where each can be changed or switched off. */
export const ShortcutHelp = lazy(() => import('./shortcut-help').then((file) => ({ default: file.ShortcutHelp })));
