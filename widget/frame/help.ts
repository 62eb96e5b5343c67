import type { HelpAnswer, PublicArticle } from '../../protocol/knowledge';
import type { Api } from './api';
import type { Found } from './store';

/** The public knowledge base. Answers are remembered for as long as the page lives: going back shows them at once. */
export function createHelp(api: Api, { locale, session, brand }: { locale: string; session: string; brand: string | undefined }) {
  const answers = new Map<string, Promise<unknown>>();
  const once = <T>(path: string, query: Record<string, string | number>) => {
    const key = path + JSON.stringify(query);
    const known = answers.get(key) as Promise<T> | undefined;
    if (known) return known;
    const fresh = api.call<T>(path, { query: { ...query, locale, brand } });
    answers.set(key, fresh);
    fresh.catch(() => answers.delete(key));
    return fresh;
  };
  return {
    search: (q: string) => once<Found>('/help/search', { q, limit: 5, session }),
    answer: (q: string) => once<HelpAnswer>('/help/answer', { q }),
    guides: () => once<{ rows: { id: string; title: string }[] }>('/help/guides', {}),
    popular: () => once<{ rows: { id: string; title: string }[] }>('/help/popular', {}),
    article: (id: string) => once<PublicArticle>(`/help/articles/${id}`, { session }),
    vote: (id: string, helpful: boolean) => api.call<object>(`/help/articles/${id}/votes`, { method: 'POST', body: { helpful, session, brand } }),
  };
}

export type Help = ReturnType<typeof createHelp>;
