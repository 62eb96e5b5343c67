import { PassThrough, Readable } from 'node:stream';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadClassifier, OUT_OF_SCOPE, trainClassifier, trainInBackground, trainWithMeaning, type LabelledText } from '../../../server/knowledge/classify';
import { runClassifyCommand } from '../../../server/knowledge/classify/classify-command';
import { readText, tellingOf } from '../../../server/knowledge/classify/features';
import { silentWords } from '../../../server/knowledge/classify/silent-words';
import { Vectorizer } from '../../../server/knowledge/classify/vectorizer';

const TOPICS: Readonly<Record<string, readonly string[]>> = {
  password: ['I forgot my password', 'please reset the password', 'password does not work', 'Kennwort vergessen', 'mein Passwort zurücksetzen', '비밀번호를 잊어버렸어요',
    'パスワードを忘れました', '忘记密码了', 'ลืมรหัสผ่าน', 'نسيت كلمة المرور', 'забыл пароль'],
  printer: ['the printer does not print', 'paper jam in the printer', 'printer is offline', 'der Drucker druckt nicht', 'Drucker offline', '프린터가 인쇄하지 않아요',
    'プリンターが印刷しない', '打印机不打印', 'เครื่องพิมพ์ไม่ทำงาน', 'الطابعة لا تعمل', 'принтер не печатает'],
  invoice: ['where is my invoice', 'I need a copy of the invoice', 'invoice shows a wrong amount', 'Rechnung fehlt', 'Kopie der Rechnung bitte', '청구서를 받지 못했어요',
    '請求書が届かない', '发票在哪里', 'ใบแจ้งหนี้อยู่ที่ไหน', 'أين الفاتورة', 'где мой счёт'],
};
const rows: LabelledText[] = Object.entries(TOPICS).flatMap(([label, texts]) => texts.map((text) => ({ text, label })));
const FILLERS = ['today', 'since monday', 'urgently please', 'for my colleague', 'in the office', 'again'];
const more: LabelledText[] = rows.flatMap(({ text, label }) => FILLERS.map((filler) => ({ text: `${text} ${filler}`, label })));

describe('a classifier trained on solved requests', () => {
  const classifier = trainClassifier(more);

  it.each([
    ['cannot remember the password any more', 'password'], ['Druckerproblem: druckt nichts', 'printer'], ['프린터가 고장났어요', 'printer'], ['パスワードがわかりません', 'password'],
    ['我的发票不对', 'invoice'], ['เครื่องพิมพ์เสีย', 'printer'], ['كلمة المرور لا تعمل', 'password'], ['пришлите счёт', 'invoice'],
  ])('sorts %s', (text, label) => expect(classifier.classify(text).label).toBe(label));

  it('says how sure it is and names the words that counted', () => {
    const { confidence, top, why } = classifier.classify('the printer is broken today');
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
    expect(top.map((entry) => entry.label).sort()).toEqual(['invoice', 'password', 'printer']);
    expect(top.reduce((sum, entry) => sum + entry.share, 0)).toBeCloseTo(1, 5);
    expect(why[0]).toMatchObject({ word: 'printer' });
    expect(why[0]?.weight).toBeGreaterThan(0);
    expect(why.reduce((sum, reason) => sum + Math.abs(reason.weight), 0)).toBeLessThanOrEqual(1.000001);
  });

  it('answers out of scope, never the commonest topic, when it knows nothing of a text', () => {
    expect(classifier.classify('🙂 — 12345')).toMatchObject({ label: OUT_OF_SCOPE, confidence: 1, top: [] });
    expect(classifier.classify('')).toMatchObject({ label: OUT_OF_SCOPE });
  });

  it('is less sure of requests that belong nowhere', () => {
    const inside = classifier.classify('please reset the password today').confidence;
    expect(classifier.classify('what is the weather like on holiday').confidence).toBeLessThan(inside);
  });

  it('measures itself on rows kept out of training', () => {
    expect(classifier.measured?.rows).toBeGreaterThan(20);
    expect(classifier.measured?.accuracy).toBeGreaterThan(0.8);
    expect(classifier.measured?.bestThree).toBe(1);
  });

  it('is the same after saving and loading, and refuses other bytes', () => {
    const loaded = loadClassifier(classifier.save());
    for (const { text } of rows) expect(loaded.classify(text)).toEqual(classifier.classify(text));
    expect(loaded.measured).toEqual(classifier.measured);
    expect(() => loadClassifier(new Uint8Array([1, 2, 3]))).toThrow();
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const { confidence, label } = classifier.classify(text);
      return confidence >= 0 && confidence <= 1 && label.length > 0;
    }), { numRuns: 100 });
  });
});

describe('training', () => {
  it('works with a handful of rows, without figures it could not have measured', () => {
    const small = trainClassifier(rows.slice(0, 14));
    expect(small.measured).toBeUndefined();
    expect(small.classify('password forgotten').label).toBe('password');
    expect(() => trainClassifier([])).toThrow('at least one row');
    expect(() => trainClassifier([{ text: 'x', label: OUT_OF_SCOPE }])).toThrow('at least one row');
  });

  it('gives the same model in the background, and lets other work run', async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);
    const background = await trainInBackground(more);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
    expect(background.classify('printer jam')).toEqual(trainClassifier(more).classify('printer jam'));
  });

  it('learns from rows that belong nowhere', () => {
    const outside = ['what is the weather', 'tell me a joke', 'who won the match', 'sing a song', 'how tall is the tower'].map((text) => ({ text, label: OUT_OF_SCOPE }));
    const taught = trainClassifier([...more, ...outside]);
    expect(taught.labels).not.toContain(OUT_OF_SCOPE);
    expect(taught.classify('what is the weather').confidence).toBeLessThan(taught.classify('where is my invoice').confidence);
  });

  it('reads meaning beside words when vectors are given', async () => {
    const vectors = { embed: async (texts: readonly string[]) => texts.map((text) => Float32Array.from([/key|password/.test(text) ? 1 : 0, /paper|printer/.test(text) ? 1 : 0, 0.1])) };
    const english = more.filter(({ text }) => /^[\x20-\x7e]+$/.test(text));
    const model = await trainWithMeaning(english, vectors);
    expect((await model.classify('my secret key again')).label).toBe('password');
    await expect(trainWithMeaning(english, { embed: () => Promise.reject(new Error('down')) })).rejects.toThrow('down');
  });
});

describe('words that occur together', () => {
  const pairsOf = (text: string): string[] => readText(text).features.filter(({ group }) => group === 2).map(({ key }) => key.slice(1));

  it('count in any order and by how they begin, in scripts with spaces, in the first sixty words', () => {
    expect(pairsOf('Transfers were declined')).toEqual(['trans were', 'decli trans', 'decli were']);
    expect(pairsOf('you decline a transfer')).toContain('decli trans');
    expect(pairsOf('사이트에서 결제')).toEqual(['결제 사이트에서']);
    expect(pairsOf('打印机 不打印 gives up')).toEqual(['gives up']);
    expect(pairsOf(Array.from({ length: 200 }, (_, i) => `w${i}`).join(' ')).length).toBeLessThan(60 * 12);
  });

  it('are learnt when two texts have them, and never more of them than of other features', () => {
    const of = (texts: string[]) => Vectorizer.learn(texts.map((text) => ({ text, label: 'x' })));
    const learnt = (texts: string[]): string[] => of(texts).keys.filter((key) => key.startsWith('b'));
    expect(learnt(['reset my hub', 'my hub is red', 'hello'])).toEqual(['bhub my']);
    const digits = '0123456789'.split('');
    const { keys } = of([digits.join(' '), [...digits].reverse().join(' '), digits.join(' ')]);
    expect(keys.filter((key) => key.startsWith('b')).length * 2).toBeLessThanOrEqual(keys.length);
    expect(of(['reset my hub', 'my hub is red']).vector('red hub, my').known).toBeGreaterThan(0.5);
  });

  it('count once more among words that tell topics apart; which ones do not is learnt from the labels, in any language', () => {
    const topics = ['card', 'cash', 'rate', 'fees'];
    const texts = Array.from({ length: 40 }, (_, i) => ({ text: `how do i see the ${topics[i % 4] ?? ''}, 어떻게`, label: String(i % 4) }));
    expect(silentWords(texts).sort()).toEqual(['do', 'how', 'i', 'see', 'the', '어떻게']);
    expect(silentWords(texts.map((row) => ({ ...row, label: 'x' })))).toEqual([]);
    expect(tellingOf(['how', 'cards', 'cash', 'carded', '現金'], new Set(['how'])).map(({ key, owner }) => [key, owner])).toEqual([['dcard', 1], ['dcash', 2], ['dcard cash', 2]]);
    expect(tellingOf(Array.from({ length: 200 }, (_, i) => `w${i}`), new Set()).length).toBe(24 + (24 * 23) / 2);
    expect(Vectorizer.learn(texts).keys.filter((key) => key.startsWith('d')).sort()).toEqual(['dcard', 'dcash', 'dfees', 'drate']);
  });
});

describe('the command', () => {
  it('trains from a file and answers line by line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'classify-'));
    const trainPath = join(folder, 'train.jsonl');
    await writeFile(trainPath, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n\n`);
    const stdout = new PassThrough();
    const chunks: string[] = [];
    stdout.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    const stdin = Readable.from(['{"id":"1","text":"paper jam"}\n\n', '{"id":"2","text":"发票"}\n']);
    expect(await runClassifyCommand({ trainPath, stdin, stdout })).toBe(0);
    const answers = chunks.join('').trim().split('\n').map((line) => JSON.parse(line) as { id: string; label: string; confidence: number; top: string[] });
    expect(answers.map(({ id, label }) => [id, label])).toEqual([['1', 'printer'], ['2', 'invoice']]);
    expect(answers[0]?.top[0]).toBe('printer');
    await rm(folder, { recursive: true });
  });
});
