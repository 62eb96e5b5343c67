export function DailyPage(_props: { onClose?: () => void; onHelp?: () => void; onLogOut?: () => void }) { return null; }
