export function WelcomePage(_props: { onClose?: () => void; onHelp?: () => void; onLogOut?: () => void }) { return null; }
