/** Sorts requests into topics by their words, trained in process on what the company has already sorted. Every answer shows why. */
export { trainClassifier, trainInBackground } from './train-classifier';
export { loadClassifier } from './model';
export { OUT_OF_SCOPE } from './types';
export type { Classifier, LabelledText, Measured, Prediction, Reason, TrainOptions } from './types';
