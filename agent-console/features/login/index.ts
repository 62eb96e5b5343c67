/** The log-in form with password and second factor. */
export { LoginPage } from './login-page';
/** What a link from a mail is for: an invitation, a reset, the first administrator. */
export { LinkPage } from './link-page';
/** Asks for a reset link. */
export { ResetPage } from './reset-page';
