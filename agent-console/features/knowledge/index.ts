import { lazy } from 'react';

/** What a customer tried in guides, beside a ticket; loaded when there is a ticket. */
export const GuidePanel = lazy(() => import('./guide-panel').then((file) => ({ default: file.GuidePanel })));
/** Articles that may answer a question, beside a ticket. */
export { Suggestions } from './suggestions';
/** Guides: find, write, check; loaded when it is opened. */
export const GuidesPage = lazy(() => import('./guides-page').then((file) => ({ default: file.GuidesPage })));
/** Articles: find, read, write; loaded when it is opened. */
export const KnowledgePage = lazy(() => import('./knowledge-page').then((file) => ({ default: file.KnowledgePage })));
