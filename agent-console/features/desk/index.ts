/** Where an agent says whether work may come. */
export { StateSwitch } from './state-switch';
/** Work that was offered and waits for an answer. */
export { Offers } from './offers';
/** After-contact work: what is left of it and how to end it. */
export { WrapUpBar } from './wrap-up-bar';
export { useFollowed } from './use-told';
