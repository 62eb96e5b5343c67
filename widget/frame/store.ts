import type { Answer } from '../../protocol/endpoint';
import type { channelEndpoints } from '../../protocol/channels';
import type { GuideView } from '../../protocol/guides';
import type { knowledgeEndpoints } from '../../protocol/knowledge';
import type { ChatState } from '../../protocol/webchat';
import { newId } from './ids';
import { emptyThread } from './thread';
import type { Thread } from './thread';

export type Settings = Answer<typeof channelEndpoints.publicWidget>;
export type View = 'home' | 'article' | 'guide' | 'before' | 'chat' | 'letter';
/** idle: nothing fetched yet; then one of the three outcomes of a request. */
export type Loading<T> = { is: 'idle' } | { is: 'busy' } | { is: 'failed' } | { is: 'there'; value: T };

export interface State {
  open: boolean;
  /** The visitor has agreed to storage, or need not be asked. */
  agreed: boolean;
  view: View;
  settings: Loading<Settings>;
  question: string;
  articleId: string | null;
  /** The guide that is open or to be opened, and where it stands. */
  guideId: string | null;
  guide: Loading<GuideView>;
  /** Where the visitor comes from, told with what they write: this visit, and the guide they walked. */
  trail: { session: string; guideRun?: string };
  chat: ChatState;
  thread: Thread;
  /** The other side is typing: who. */
  typing: string | null;
  /** The line was up and is not, or does not come up. */
  offline: boolean;
  unread: number;
  /** Last message of a conversation that was rated, so that it is asked once. */
  ratedSeq: number;
  greeting: string | null;
  /** What is being written; survives a reload. */
  draft: string;
}

export type Found = Answer<typeof knowledgeEndpoints.search>;

export const noChat: ChatState = { phase: 'none', position: null, expectedWait: null, agentName: null, online: false, readSeq: 0, opensAt: null, ask: null, answerBy: null };

export const firstState = (): State => ({
  open: false, agreed: true, view: 'home', settings: { is: 'idle' }, question: '', articleId: null, guideId: null, guide: { is: 'idle' }, trail: { session: newId() }, chat: noChat, thread: emptyThread,
  typing: null, offline: false, unread: 0, ratedSeq: 0, greeting: null, draft: '',
});

/** A value that tells when it changes. */
export function createStore<T extends object>(first: T) {
  let state = first;
  const watchers = new Set<(state: T, before: T) => void>();
  return {
    get: () => state,
    set(change: Partial<T>) {
      const before = state;
      state = { ...state, ...change };
      watchers.forEach((watch) => watch(state, before));
    },
    watch(watcher: (state: T, before: T) => void) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}

export type Store = ReturnType<typeof createStore<State>>;
