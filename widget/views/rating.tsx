import { useState } from 'preact/hooks';
import { useApp } from '../frame/app';

const scores = [1, 2, 3, 4, 5] as const;

/** Asked once at the end. The score counts as soon as it is given; a comment may follow. */
export function Rating({ seq, rated }: { seq: number; rated: boolean }) {
  const { t, chat, store, sorry } = useApp();
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState('');
  const [done, setDone] = useState(rated);
  const [problem, setProblem] = useState<string | null>(null);
  if (done) return rated ? <p role="status" class="quiet">{t('thanks')}</p> : null;

  const give = async (value: number, words: string) => {
    setScore(value);
    setProblem(null);
    try {
      await chat.rate(value, words);
      if (words) {
        setDone(true);
        store.set({ ratedSeq: seq });
      }
    } catch (error) {
      setProblem(sorry(error));
    }
  };

  return (
    <fieldset class="rating">
      <legend>{t('rate')}</legend>
      <div class="scores">
        {scores.map((value) => <button type="button" key={value} data-testid="tl-rate" data-score={value} aria-pressed={score === value} aria-label={`${value}: ${t(`rate${value}`)}`} title={t(`rate${value}`)} onClick={() => void give(value, '')}>{value}</button>)}
      </div>
      <p class="ends quiet" aria-hidden="true"><span>{t('rate1')}</span><span>{t('rate5')}</span></p>
      {score > 0 && (
        <div class="comment">
          <input dir="auto" aria-label={t('comment')} placeholder={t('comment')} maxLength={2000} value={comment} onInput={(event) => setComment(event.currentTarget.value)} />
          <button type="button" class="secondary" onClick={() => (comment.trim() ? void give(score, comment.trim()) : (setDone(true), store.set({ ratedSeq: seq })))}>{t('done')}</button>
        </div>
      )}
      {problem && <p class="fault" role="alert">{problem}</p>}
    </fieldset>
  );
}
