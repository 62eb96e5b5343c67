// The door of guides: troubleshooting step by step, one definition for every front end.
export { publicGuides, publishedGuides, type GuideDoc } from './guide.model';
/** Collections that carry events of guides. */
export const guideOutboxes = ['guides', 'guideruns'];
export { guideRoutes } from './guide.routes';
export { guideRunRoutes } from './guide-run.routes';
export { GuideRuns, runById, type GuideRunDoc } from './guide-run.model';
export { setGuidePorts, type GuidePorts, type GuideTicket } from './ports';
export { answerRun, attributesOf, linkRun, resumeRun, rewindRun, runOfToken, startRun, sweepLeft, tokenOf, viewOf } from './run-guide';
export { say } from './say';
export { triedText } from './tried';
export { addGuide, guideFiles, publishGuide } from './write-guide';
