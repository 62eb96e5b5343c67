import { lazy } from 'react';

/** The live board. */
export const BoardPage = lazy(() => import('./board-page').then((file) => ({ default: file.BoardPage })));
/** Counts per day, queue and agent. */
export const DailyPage = lazy(() => import('./daily-page').then((file) => ({ default: file.DailyPage })));
/** Why a work item went where it went. */
export const TracePage = lazy(() => import('./trace-page').then((file) => ({ default: file.TracePage })));
