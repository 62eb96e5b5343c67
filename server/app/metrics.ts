import type { Router } from 'express';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** What Prometheus may read of this process. */
export interface Metrics {
  httpDone(route: string, status: number, seconds: number): void;
  jobDone(name: string, milliseconds: number, failed: boolean): void;
  mount(router: Router): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'trunkline_' });
  const requests = new Histogram({ name: 'trunkline_http_seconds', help: 'Time to answer a request', labelNames: ['route', 'status'], buckets: [0.005, 0.02, 0.1, 0.5, 2], registers: [registry] });
  const jobs = new Histogram({ name: 'trunkline_job_seconds', help: 'Time a job took', labelNames: ['job'], buckets: [0.005, 0.02, 0.1, 0.5, 2, 10], registers: [registry] });
  const failures = new Counter({ name: 'trunkline_job_failures_total', help: 'Jobs that failed a try', labelNames: ['job'], registers: [registry] });
  return {
    httpDone: (route, status, seconds) => requests.observe({ route, status: String(status) }, seconds),
    jobDone(name, milliseconds, failed) {
      jobs.observe({ job: name }, milliseconds / 1000);
      if (failed) failures.inc({ job: name });
    },
    mount(router) {
      router.get('/metrics', async (_request, response) => {
        response.type(registry.contentType).send(await registry.metrics());
      });
    },
  };
}
