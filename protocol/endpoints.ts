import { accessEndpoints } from './access';
import { boardEndpoints } from './board';
import { channelEndpoints } from './channels';
import { customerEndpoints } from './customers';
import { knowledgeEndpoints } from './knowledge';
import { ticketEndpoints } from './tickets';
import { webchatEndpoints } from './webchat';
import { workforceEndpoints } from './workforce';

/** Every REST endpoint, by area. */
export const endpoints = {
  access: accessEndpoints,
  customers: customerEndpoints,
  tickets: ticketEndpoints,
  workforce: workforceEndpoints,
  board: boardEndpoints,
  knowledge: knowledgeEndpoints,
  channels: channelEndpoints,
  webchat: webchatEndpoints,
};
