// The door of models: what an installation may have beside words. Everything works without them.
import type { Config } from '../../kernel';
import type { Embedder } from '../search';
import { endpointEmbedder, packagedEnglishEmbedder } from './embedders';
import { openEndpoint } from './endpoint';
import { endpointWriter, type Writer } from './writer';

export { keepVectors, keptDigests, vectorsSince, type NewVector } from './vector.model';
export type { Writer } from './writer';

/** The models of an installation; null where none is configured. */
export interface Models {
  embedder: Embedder | null;
  writer: Writer | null;
}

const opened = new WeakMap<Config, Models>();
const packaged = 'package:english';

/** The models the configuration names. Vectors and answers have a circuit breaker each: one may be down without the other. */
export function modelsOf(config: Config): Models {
  const known = opened.get(config);
  if (known) return known;
  const { modelsUrl: baseUrl, modelsKey: apiKey, embeddingModel, answerModel } = config;
  const options = baseUrl === undefined ? null : { baseUrl, ...(apiKey === undefined ? {} : { apiKey }) };
  const embedder = embeddingModel === undefined ? null : embeddingModel === packaged ? packagedEnglishEmbedder() : options && endpointEmbedder(openEndpoint(options), embeddingModel);
  const models = { embedder, writer: options && answerModel !== undefined ? endpointWriter(openEndpoint(options), answerModel) : null };
  opened.set(config, models);
  return models;
}
