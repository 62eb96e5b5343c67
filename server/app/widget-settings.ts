import { z } from 'zod';
import { widgetGreeting } from '../../protocol';

/** Settings of the widget with their defaults; the webchat channel reads the same ones. */
export const widgetShape = z.object({
  title: z.string().default('Hello. How can we help?'),
  colour: z.string().default('#0f766e'),
  queueId: z.string().default(''),
  locale: z.string().default('en'),
  askFor: z.array(z.enum(['name', 'email'])).default(['name', 'email']),
  origins: z.array(z.string()).default([]),
  consent: z.boolean().default(false),
  greetings: z.array(widgetGreeting).default([]),
  requireIdentity: z.boolean().default(false),
});
