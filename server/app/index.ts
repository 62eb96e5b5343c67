// The composition root: what a process is made of, started in order and ended in the opposite one.
export { runProcess } from './run-process';
export { runningStores } from './running';
export { openServices } from './services';
export { startApp, type App } from './start-app';
export { openStores, type Stores } from './stores';
