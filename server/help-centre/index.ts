// The door of the help centre: the company's public pages, written by the server, working without scripts.
import type { DomainMount } from '../kernel';
import { helpCentreRoutes } from './help-centre.routes';
import type { HelpPorts } from './ports';

/** What the help centre contributes; `ports` is what it needs from channels. */
export const mount = (ports: HelpPorts): DomainMount => ({ raw: [helpCentreRoutes(ports)] });

export type { Brand } from './page';
export type { HelpLetter, HelpPorts } from './ports';
