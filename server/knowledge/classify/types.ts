/** A request somebody already sorted. The label 'oos' means: belongs to none of the topics. */
export interface LabelledText {
  text: string;
  label: string;
}

/** How to train. */
export interface TrainOptions {
  /** Rounds over the rows (10 unless told). */
  epochs?: number;
  /** Makes training repeatable; 1 unless told. */
  seed?: number;
}

/** A word of the text and how much it spoke for (or, below 0, against) the label, in shares of all that spoke. */
export interface Reason {
  word: string;
  weight: number;
}

/** What the classifier says of a text. */
export interface Prediction {
  /** The most likely label; 'oos' when the text has nothing in common with the training texts or most resembles out-of-scope ones. */
  label: string;
  /** Probability that the label is right, measured on rows kept out of training; 0..1. */
  confidence: number;
  /** The best labels, best first; at most five. */
  top: readonly { label: string; share: number }[];
  /** The words that counted most, most important first; at most six. */
  why: readonly Reason[];
}

/** What was measured on rows kept out of training. */
export interface Measured {
  rows: number;
  accuracy: number;
  /** How often the right label was among the best three. */
  bestThree: number;
  /** What a threshold would do: from this confidence on, which share is decided and how much of that is right. */
  from: { confidence: number; decided: number; right: number }[];
}

/** A trained model. All methods are synchronous and change nothing. */
export interface Classifier {
  readonly labels: readonly string[];
  /** Undefined when there were too few rows to keep some out. */
  readonly measured: Measured | undefined;
  classify(text: string): Prediction;
  /** The model as bytes, for loadClassifier. */
  save(): Uint8Array;
}

/** A model that reads meaning too, so that every answer waits for the embedder. */
export interface MeaningClassifier {
  readonly labels: readonly string[];
  readonly measured: Measured | undefined;
  classify(text: string): Promise<Prediction>;
}

/** What turns texts into vectors; the search folder's Embedder fits. */
export interface TextVectors {
  embed(texts: readonly string[]): Promise<Float32Array[]>;
}

/** The label of requests that belong to no topic. */
export const OUT_OF_SCOPE = 'oos';
