// The door of making knowledge better: what people looked for, what was missing, what helped.
export { HelpSessions, noteRead, noteSearch, noteWrote, type HelpSessionDoc, type Visit } from './help-session';
