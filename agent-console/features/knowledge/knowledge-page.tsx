export function KnowledgePage(_props: { onClose?: () => void; onHelp?: () => void; onLogOut?: () => void }) { return null; }
