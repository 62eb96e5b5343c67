// The door of making knowledge better: what people looked for, what was missing, what helped, and who wrote it.
export { addLink, ArticleLinks, type ArticleLinkDoc } from './article-links';
export { ArticleVersions, keepVersion, type ArticleVersionDoc } from './article-version';
export { diffLines } from './diff-lines';
export { HelpSessions, noteRead, noteSearch, noteWrote, type HelpSessionDoc, type Visit } from './help-session';
export { kernelOf, mask } from './mask';
export { makingPorts, setMakingPorts, type CountedTicket, type MakingPorts, type SolvedTicket } from './ports';
export { authorsOf, deflectionOf, gapFormula, gapsOf, wroteWithinDay } from './report';
