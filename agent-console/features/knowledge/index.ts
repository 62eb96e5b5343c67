import { lazy } from 'react';

/** Articles that may answer a question, beside a ticket. */
export { Suggestions } from './suggestions';
/** Articles: find, read, write; loaded when it is opened. */
export const KnowledgePage = lazy(() => import('./knowledge-page').then((file) => ({ default: file.KnowledgePage })));
