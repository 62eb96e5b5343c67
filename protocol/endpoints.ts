import { accessEndpoints } from './access';
import { boardEndpoints } from './board';
import { brandEndpoints } from './brands';
import { channelEndpoints } from './channels';
import { customerEndpoints } from './customers';
import { guideEndpoints } from './guide-endpoints';
import { knowledgeEndpoints } from './knowledge';
import { mailboxEndpoints } from './mailboxes';
import { bondEndpoints } from './ticket-bonds';
import { routingRuleEndpoints } from './routing-rules';
import { routingSettingsEndpoints } from './routing-settings';
import { serviceLevelEndpoints } from './service-levels';
import { makingEndpoints } from './making';
import { movingEndpoints } from './moving';
import { simulatorEndpoints } from './simulator';
import { listEndpoints } from './lists';
import { sortingEndpoints } from './sorting';
import { ticketEndpoints } from './tickets';
import { webchatEndpoints } from './webchat';
import { workforceEndpoints } from './workforce';
import { writingEndpoints } from './writing';

/** Every REST endpoint, by area. */
export const endpoints = {
  access: accessEndpoints,
  customers: customerEndpoints,
  tickets: ticketEndpoints,
  lists: listEndpoints,
  bonds: bondEndpoints,
  writing: writingEndpoints,
  mailboxes: mailboxEndpoints,
  workforce: workforceEndpoints,
  serviceLevels: serviceLevelEndpoints,
  routingRules: routingRuleEndpoints,
  routingSettings: routingSettingsEndpoints,
  board: boardEndpoints,
  simulator: simulatorEndpoints,
  knowledge: knowledgeEndpoints,
  guides: guideEndpoints,
  making: makingEndpoints,
  moving: movingEndpoints,
  sorting: sortingEndpoints,
  channels: channelEndpoints,
  webchat: webchatEndpoints,
  brands: brandEndpoints,
};
