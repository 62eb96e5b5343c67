export function TracePage(_props: { onClose?: () => void; onHelp?: () => void; onLogOut?: () => void }) { return null; }
