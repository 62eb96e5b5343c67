import { lazy } from 'react';

/** Everything that can be set, section by section. */
export const SettingsPage = lazy(() => import('./settings-page').then((file) => ({ default: file.SettingsPage })));
/** Five steps from nothing to the first answered customer. */
export const WelcomePage = lazy(() => import('./welcome-page').then((file) => ({ default: file.WelcomePage })));
