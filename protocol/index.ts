// The door of protocol: everything that crosses a wire, declared once.
export * from './abilities';
export * from './access';
export * from './board';
export * from './channels';
export * from './customers';
export * from './endpoint';
export * from './events';
export * from './fields';
export * from './knowledge';
export * from './messages';
export * from './problems';
export * from './sockets';
export * from './tickets';
export * from './webchat';
export * from './workforce';
export { endpoints } from './endpoints';
