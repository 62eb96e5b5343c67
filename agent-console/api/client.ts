import { QueryClient } from '@tanstack/react-query';
import { ProblemError, isPassing } from './problem';

/** The cache of everything read. Broadcasts keep it true, so nothing is polled and nothing is fetched again just because a window got focus. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: 15 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      retry: (failures, error) => failures < 6 && isPassing(error),
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 5000),
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** Whether the server could not be reached. */
export const isUnreachable = (error: unknown): boolean => error instanceof ProblemError && error.code === 'network';

/** Whether the reader may not see what was asked for. */
export const isForbidden = (error: unknown): boolean => error instanceof ProblemError && error.code === 'not-allowed';
