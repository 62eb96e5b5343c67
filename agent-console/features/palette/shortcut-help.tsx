export function ShortcutHelp(_props: { onClose?: () => void; onHelp?: () => void; onLogOut?: () => void }) { return null; }
