export function BoardPage(_props: { onClose?: () => void; onHelp?: () => void; onLogOut?: () => void }) { return null; }
