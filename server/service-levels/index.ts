// The door of service levels: business hours, holidays, and the clocks of tickets.
import type { DomainMount } from '../kernel';
import { setServiceLevelPorts, type ServiceLevelPorts } from './ports';
import { serviceLevelRoutes } from './service-level.routes';

/** What service levels contribute; `ports` is what they need from their neighbours. */
export function mount(ports: ServiceLevelPorts): DomainMount {
  setServiceLevelPorts(ports);
  return { routes: serviceLevelRoutes };
}

export { addOpen, changesAt, isOpen, openBetween, opensAt, type Calendar, type MaybeCalendar } from './calendar';
export { calendarById } from './calendar-of';
export { clocksOf, type Clock, type Turn } from './clocks';
export { addHours, changeHours } from './configure-hours';
export { turnsOf } from './history';
export { hoursById } from './hours.model';
export { policiesOf, targetsOf } from './policy.model';
export type { ServiceLevelPorts } from './ports';
