import fc from 'fast-check';
import { streamsOf, walk } from '../../../server/knowledge/search/tokens';

describe('streams of terms', () => {
  it('stems alphabetic words, leaves out grammar and forgives endings by character 4-grams', () => {
    const { words, grams } = streamsOf('Why are the printers not printing?', 'en');
    expect(words).toEqual(['printer', 'print']);
    expect(grams).toEqual(expect.arrayContaining(['_pri', 'prin', 'rint', 'ing_']));
  });

  it('reads codes and names written with a dash in one piece as well', () => {
    expect(streamsOf('エラーE-42です', 'ja').words).toContain('e42');
    expect(streamsOf('Wi-Fi log-in, E_42', 'en').words).toEqual(expect.arrayContaining(['wifi', 'login', 'e42', 'fi']));
    expect(streamsOf('2024-05-01 three-dimensional a-', 'en').words.filter((word) => /^(?:20240501|threedim|a$)/.test(word))).toEqual([]);
  });

  it('finds an Arabic noun with its owner', () => expect([streamsOf('شحنتي', 'ar').words, streamsOf('الشحنة', 'ar').words, streamsOf('بيتي', 'ar').words]).toEqual([['شحن'], ['شحن'], ['بيت']]));

  it('keeps words of languages without a stemmer whole', () => {
    expect(streamsOf('Đặt lại mật khẩu', 'vi').words).toEqual(['đặt', 'lại', 'mật', 'khẩu']);
    expect(streamsOf('पासवर्ड बदलें', 'hi').words).toEqual(['पासवर्ड', 'बदलें']);
  });

  it('cuts Chinese into words and bigrams, single signs in the other stream, both scripts alike', () => {
    const traditional = streamsOf('印表機無法連線', 'zh-TW');
    const simplified = streamsOf('印表机无法连线', 'zh-CN');
    expect(traditional).toEqual(simplified);
    expect(traditional.words).toEqual(expect.arrayContaining(['印表', '无法']));
    expect(traditional.grams).toEqual(expect.arrayContaining(['印', '机']));
    expect(streamsOf('什么时候', 'zh').words).not.toContain('什么');
  });

  it('leaves Japanese grammar out and keeps Kana words', () => {
    const { words, grams } = streamsOf('パスワードを忘れました', 'ja');
    expect(words).toContain('パスワード');
    expect(words).not.toContain('を');
    expect(grams).not.toContain('まし');
    expect(grams).toContain('忘');
  });

  it('finds a Korean noun whatever particle sticks to it', () => {
    const subject = streamsOf('프린터가', 'ko');
    const object = streamsOf('프린터를', 'ko');
    expect(subject.grams).toEqual(['프린터']);
    expect(object.grams).toEqual(['프린터']);
    expect(subject.words).toEqual(['프린', '린터', '터가']);
    expect(streamsOf('문', 'ko').words).toEqual(['문']);
  });

  it('cuts Thai into words, trigrams and 4-grams', () => {
    const { words, grams } = streamsOf('เปลี่ยนรหัสผ่าน', 'th');
    expect(words.length).toBeGreaterThan(3);
    expect(grams.every((gram) => [...gram].length === 4)).toBe(true);
  });

  it('makes Arabic spellings and the article one', () => {
    expect(streamsOf('الطابعة', 'ar').words).toEqual(streamsOf('طابعه', 'ar').words);
    expect(streamsOf('إعدادات', 'ar').words).toEqual(streamsOf('اعدادات', 'ar').words);
  });

  it('folds width and case, and cuts mixed scripts into runs', () => {
    expect(streamsOf('ＷＩＦＩ', 'en').words).toEqual(streamsOf('wifi', 'en').words);
    const { words } = streamsOf('iPhone을 Wi-Fi에 연결', 'ko');
    expect(words).toEqual(expect.arrayContaining(['iphone', 'wi', 'fi', '연결']));
  });

  it('drops apostrophes and possessives', () => {
    expect(streamsOf("customer's o’clock ''", 'en').words).toEqual(['custom', 'oclock']);
  });

  it('never throws, and names only places inside the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom('en', 'ja', 'zh', 'ko', 'th', 'ar', undefined), (text, language) => {
      let sound = true;
      walk(text, language, {
        word: (term, from, to) => {
          sound &&= term.length > 0 && from >= 0 && to <= text.length && from < to;
        },
        gram: (term) => {
          sound &&= term.length > 0;
        },
      });
      expect(sound).toBe(true);
    }), { numRuns: process.env['SOAK'] ? 5000 : 300 });
  });
});
