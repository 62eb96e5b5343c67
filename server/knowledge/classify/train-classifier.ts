import { calibrate, judgeText, UNTESTED, type Calibration, type Trial } from './calibration';
import { mixCentroids } from './centroids';
import { Model } from './model';
import { train, type Linear, type Rows, type Schedule } from './softmax';
import { OUT_OF_SCOPE, type Classifier, type LabelledText, type Measured, type TrainOptions } from './types';
import { Vectorizer } from './vectorizer';

const EPOCHS = 10;
/** Every fifth row of a label is kept out for calibration; one label in seven is kept out altogether, to see what unknown topics look like. */
const KEPT_OUT = 5;
const UNKNOWN = 7;
const SLICE_MS = 10;

/** Trains in one go; blocks while it does (about 10 s for 10,000 rows and 77 labels). Use trainInBackground in a server. */
export function trainClassifier(rows: readonly LabelledText[], options: TrainOptions = {}): Classifier {
  const work = steps(rows, options);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same, in slices of a few milliseconds, so that a server goes on answering meanwhile. */
export async function trainInBackground(rows: readonly LabelledText[], options: TrainOptions = {}): Promise<Classifier> {
  const work = steps(rows, options);
  for (;;) {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      const { done, value } = work.next();
      if (done) return value;
    }
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

function* steps(rows: readonly LabelledText[], options: TrainOptions): Generator<void, Classifier> {
  const usable = rows.filter((row) => row.text.trim() !== '');
  const labels = [...new Set(usable.map((row) => row.label))].filter((label) => label !== OUT_OF_SCOPE);
  if (labels.length === 0) throw new Error('A classifier needs at least one row with a label');
  const schedule = { epochs: options.epochs ?? EPOCHS, seed: options.seed ?? 1 };
  const { calibration, measured } = yield* rehearse(usable, schedule);
  const { vectorizer, linear } = yield* fit(usable, labels, schedule);
  return new Model({ labels, vectorizer, linear, calibration, measured });
}

interface Fitted {
  vectorizer: Vectorizer;
  linear: Linear;
}

function* fit(rows: readonly LabelledText[], labels: readonly string[], schedule: Schedule): Generator<void, Fitted> {
  const vectorizer = Vectorizer.learn(rows.map((row) => row.text));
  yield;
  const numbers = new Map(labels.map((label, i) => [label, i]));
  const table: Rows = {
    vectors: rows.map((row) => vectorizer.vector(row.text)),
    targets: Int32Array.from(rows, (row) => numbers.get(row.label) ?? -1),
    labels: labels.length,
    features: vectorizer.size,
  };
  yield;
  const linear = yield* train(table, schedule);
  mixCentroids(linear, table);
  return { vectorizer, linear };
}

interface Rehearsed {
  calibration: Calibration;
  measured: Measured | undefined;
}

/** Trains once without the rows kept out and looks how it does on them: calibration and honest figures come from here. */
function* rehearse(rows: readonly LabelledText[], schedule: Schedule): Generator<void, Rehearsed> {
  const { learnt, tried, labels } = split(rows);
  if (tried.filter((row) => labels.includes(row.label)).length < 20) return { calibration: UNTESTED, measured: undefined };
  const { vectorizer, linear } = yield* fit(learnt, labels, schedule);
  const trials: Trial[] = [];
  let right = 0;
  let three = 0;
  for (const row of tried) {
    const { order, signs } = judgeText(linear, vectorizer.vector(row.text));
    const place = order.indexOf(labels.indexOf(row.label));
    trials.push({ signs, right: place === 0, inScope: place >= 0 });
    if (place === 0) right += 1;
    if (place >= 0 && place < 3) three += 1;
    yield;
  }
  const count = trials.filter((trial) => trial.inScope).length;
  return { calibration: calibrate(trials), measured: { rows: count, accuracy: right / count, bestThree: three / count } };
}

interface Split {
  learnt: LabelledText[];
  tried: LabelledText[];
  labels: string[];
}

function split(rows: readonly LabelledText[]): Split {
  const all = [...new Set(rows.map((row) => row.label))].filter((label) => label !== OUT_OF_SCOPE);
  const labels = all.length < 2 * UNKNOWN ? all : all.filter((_, i) => i % UNKNOWN !== UNKNOWN - 1);
  const known = new Set([...labels, OUT_OF_SCOPE]);
  const counts = new Map<string, number>();
  const learnt: LabelledText[] = [];
  const tried: LabelledText[] = [];
  for (const row of rows) {
    const count = counts.get(row.label) ?? 0;
    counts.set(row.label, count + 1);
    if (count % KEPT_OUT === KEPT_OUT - 1) tried.push(row);
    else if (known.has(row.label)) learnt.push(row);
  }
  return { learnt, tried, labels };
}
