import type { GuideAnswer, GuideView } from '../../protocol/guides';
import type { Api } from './api';
import type { Store } from './store';

type Begun = GuideView & { token: string };

/** Walking through guides. The run's token stays in memory; what was tried goes along with whatever the visitor writes. */
export function createGuides({ api, store, locale, brand }: { api: Api; store: Store; locale: string; brand: string | undefined }) {
  let token = '';
  const take = async (asked: Promise<GuideView>) => {
    const value = await asked;
    store.set({ guide: { is: 'there', value } });
    return value;
  };
  return {
    /** Begins a guide, or shows where it stands when it was begun already. */
    async open(id: string) {
      const { guide, trail } = store.get();
      if (guide.is === 'there' && guide.value.guideId === id && guide.value.state === 'running') return;
      store.set({ guide: { is: 'busy' } });
      try {
        const begun = await api.call<Begun>(`/help/guides/${id}/runs`, { method: 'POST', body: { locale, brand, front: 'widget', session: trail.session } });
        token = begun.token;
        store.set({ trail: { ...trail, guideRun: token } });
        await take(Promise.resolve(begun));
      } catch {
        store.set({ guide: { is: 'failed' } });
      }
    },
    answer: (view: GuideView, answer: string, more: Partial<GuideAnswer> = {}) =>
      take(api.call<GuideView>(`/help/guide-runs/${view.runId}/answers`, { method: 'POST', token, body: { nodeId: view.step.nodeId, answer, ...more } })),
    back: (view: GuideView) => take(api.call<GuideView>(`/help/guide-runs/${view.runId}/back`, { method: 'POST', token, body: {} })),
  };
}

/** Does something and shows what came of it. */
export type Work = (work: () => Promise<unknown>) => Promise<void>;

export type Guides = ReturnType<typeof createGuides>;
