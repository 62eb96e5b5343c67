import { createServer, type Server } from 'node:http';
import express, { type Express } from 'express';
import type { Redis } from 'ioredis';
import mongoose from 'mongoose';
import type { Metrics } from './metrics';

/** Whether this process can do its work. */
export interface Health {
  redis: Redis;
  /** Set once everything is started, and taken back when the process begins to end. */
  ready: boolean;
}

/** /health/live says that the process runs, /health/ready that it can serve; each part is named. */
export function mountHealth(app: Express, health: Health): void {
  app.get('/health/live', (_request, response) => void response.json({ live: true }));
  app.get('/health/ready', async (_request, response) => {
    const parts = { started: health.ready, redis: await within(health.redis.ping()), store: await within(mongoose.connection.db?.command({ ping: 1 })) };
    response.status(Object.values(parts).every(Boolean) ? 200 : 503).json({ ready: Object.values(parts).every(Boolean), parts });
  });
}

/** What a process without web pages serves on its port, for whoever watches over it. */
export function createWatch(health: Health, metrics: Metrics): Server {
  const app = express();
  app.disable('x-powered-by');
  mountHealth(app, health);
  metrics.mount(app);
  return createServer(app);
}

const patience = 2000;

async function within(answer: Promise<unknown> | undefined): Promise<boolean> {
  if (!answer) return false;
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, patience, false).unref());
  return Promise.race([answer.then(() => true, () => false), late]);
}
