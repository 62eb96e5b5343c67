/** The frame around every page: rail, banner, bars. */
export { Shell } from './shell';
