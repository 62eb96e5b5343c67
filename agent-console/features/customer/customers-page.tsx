export function CustomersPage(_props: { onClose?: () => void; onHelp?: () => void; onLogOut?: () => void }) { return null; }
