import { lazy } from 'react';
import { later } from '../../lib/later';

const panel = later(() => import('./guide-panel').then((file) => file.GuidePanel));

/** What a customer tried in guides, beside a ticket; loaded when there is a ticket. */
export const GuidePanel = panel.Part;
/** Fetches the guides' part before anybody asks. */
export const readyGuidePanel = panel.ready;
/** What a ticket's words say of it; loaded when there is a ticket. */
export const SortingPanel = lazy(() => import('./sorting-panel').then((file) => ({ default: file.SortingPanel })));
/** Articles that may answer a question, beside a ticket. */
export { Suggestions } from './suggestions';
/** Guides: find, write, check; loaded when it is opened. */
export const GuidesPage = lazy(() => import('./guides-page').then((file) => ({ default: file.GuidesPage })));
/** Articles: find, read, write; loaded when it is opened. */
export const KnowledgePage = lazy(() => import('./knowledge-page').then((file) => ({ default: file.KnowledgePage })));
/** What is missing, how often the knowledge base was enough, who writes; loaded when it is opened. */
export const KnowledgeReportPage = lazy(() => import('./report-page').then((file) => ({ default: file.KnowledgeReportPage })));
/** Words that mean the same, and partners; loaded when it is opened. */
export const WordsPage = lazy(() => import('./words-page').then((file) => ({ default: file.WordsPage })));
/** Articles in from a folder and everything out; loaded when it is opened. */
export const MovingPage = lazy(() => import('./moving-page').then((file) => ({ default: file.MovingPage })));
