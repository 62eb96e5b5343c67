import { lazy } from 'react';

/** The live board. */
export const BoardPage = lazy(() => import('./board-page').then((file) => ({ default: file.BoardPage })));
/** Counts per day, queue and agent. */
export const DailyPage = lazy(() => import('./daily-page').then((file) => ({ default: file.DailyPage })));
/** What a day would have been with other staffing. */
export const SimulatorPage = lazy(() => import('./simulator-page').then((file) => ({ default: file.SimulatorPage })));
/** Why a work item went where it went. */
export const TracePage = lazy(() => import('./trace-page').then((file) => ({ default: file.TracePage })));
