export function SettingsPage(_props: { onClose?: () => void; onHelp?: () => void; onLogOut?: () => void }) { return null; }
