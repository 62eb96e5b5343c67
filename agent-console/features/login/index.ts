import { lazy } from 'react';

/** The log-in form with password and second factor. */
export { LoginPage } from './login-page';
/** What a link from a mail is for: an invitation, a reset, the first administrator. */
export const LinkPage = lazy(() => import('./link-page').then((file) => ({ default: file.LinkPage })));
/** Asks for a reset link. */
export const ResetPage = lazy(() => import('./reset-page').then((file) => ({ default: file.ResetPage })));
