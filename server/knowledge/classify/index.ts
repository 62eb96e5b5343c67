/** Sorts requests into topics by their words, trained in process on what the company has already sorted. Every answer shows why. */
export { trainClassifier, trainInBackground, trainWithMeaning } from './train-classifier';
export { loadClassifier } from './model';
export { OUT_OF_SCOPE } from './types';
export type { Classifier, LabelledText, MeaningClassifier, Measured, Prediction, Reason, TextVectors, TrainOptions } from './types';
