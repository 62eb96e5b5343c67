import { usePreferences, type Ring } from './preferences';

/** Notes of each ring: pitch in hertz, start in seconds, length in seconds. */
const rings: Record<Exclude<Ring, 'none'>, [number, number, number][]> = {
  soft: [[660, 0, 0.22], [880, 0.16, 0.34]],
  bell: [[1046, 0, 0.5], [1318, 0.08, 0.6], [1046, 0.5, 0.6]],
  knock: [[196, 0, 0.09], [196, 0.14, 0.09], [220, 0.28, 0.12]],
};

let context: AudioContext | undefined;
let lastAt = 0;

/** Lets sound start; browsers allow it only after the first click or key. */
export function readySound(): void {
  const wake = () => {
    context ??= new AudioContext();
    void context.resume();
  };
  addEventListener('pointerdown', wake, { once: true });
  addEventListener('keydown', wake, { once: true });
}

function note(audio: AudioContext, volume: number, [pitch, start, length]: [number, number, number]): void {
  const from = audio.currentTime + start;
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0.0001, from);
  gain.gain.exponentialRampToValueAtTime(Math.max(0.001, volume * 0.4), from + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, from + length);
  const tone = audio.createOscillator();
  tone.type = 'triangle';
  tone.frequency.value = pitch;
  tone.connect(gain).connect(audio.destination);
  tone.start(from);
  tone.stop(from + length + 0.02);
}

/** Plays the chosen ring, at most once in 1.5 s; `test` plays it regardless. */
export function ring(test = false): void {
  const { ring: chosen, volume } = usePreferences.getState();
  if (chosen === 'none' || volume === 0 || (!test && Date.now() - lastAt < 1500)) return;
  if (test) context ??= new AudioContext();
  const audio = context;
  if (!audio) return;
  lastAt = Date.now();
  rings[chosen].forEach((one) => note(audio, volume, one));
}
