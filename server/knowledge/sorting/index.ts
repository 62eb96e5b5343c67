// The door of sorting: topic, urgency and sentiment of a request from its words.
export { setSortingPorts, type SortedTicket, type SortingPorts } from './ports';
export { sortRequest, type Sorted } from './sort-request';
export { sortingRoutes } from './sorting.routes';
export { askTraining, sweepSorters, trainSorters } from './train-sorters';
