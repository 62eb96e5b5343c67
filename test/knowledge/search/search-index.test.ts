import fc from 'fast-check';
import { createSearchIndex, type SearchDocument } from '../../../server/knowledge/search';

const doc = (id: string, [title, body]: readonly [string, string], more: Partial<SearchDocument> = {}): SearchDocument => ({ id, title, body, ...more });

const ARTICLES: readonly (readonly [string, string, string, string])[] = [
  ['en-reset', 'en', 'Resetting your password', 'Open the account page, choose Security and follow the link in the mail we send you.'],
  ['en-printer', 'en', 'Printer is offline', 'Switch the printer off, wait ten seconds, and check the network cable before you print again.'],
  ['en-invoice', 'en', 'Finding old invoices', 'Invoices of the last two years are listed under Billing. Older ones are sent on request.'],
  ['de-reset', 'de', 'Kennwort zurücksetzen', 'Öffnen Sie die Kontoseite und wählen Sie Sicherheit. Wir senden einen Link.'],
  ['de-drucker', 'de', 'Drucker nicht erreichbar', 'Prüfen Sie das Netzwerkkabel und starten Sie den Drucker neu.'],
  ['ko-reset', 'ko', '비밀번호 재설정', '계정 페이지를 열고 보안을 선택한 다음 메일로 받은 링크를 누르세요.'],
  ['ko-printer', 'ko', '프린터 오프라인', '프린터의 전원을 끄고 십 초 뒤에 다시 켜세요. 네트워크 케이블도 확인하세요.'],
  ['ja-reset', 'ja', 'パスワードの再設定', 'アカウントのページでセキュリティを選び、届いたメールのリンクを開いてください。'],
  ['ja-printer', 'ja', 'プリンターに接続できない', '電源を切って十秒待ち、ネットワークケーブルを確認します。'],
  ['zh-reset', 'zh', '重置密码', '打开账户页面，选择安全，然后点击邮件中的链接。'],
  ['zh-printer', 'zh', '打印机脱机', '关闭打印机电源，等待十秒，然后检查网线。'],
  ['th-reset', 'th', 'ตั้งรหัสผ่านใหม่', 'เปิดหน้าบัญชี เลือกความปลอดภัย แล้วกดลิงก์ในอีเมล'],
  ['th-printer', 'th', 'เครื่องพิมพ์ออฟไลน์', 'ปิดเครื่องพิมพ์ รอสิบวินาที แล้วตรวจสอบสายเครือข่าย'],
  ['ar-reset', 'ar', 'إعادة تعيين كلمة المرور', 'افتح صفحة الحساب واختر الأمان ثم اضغط على الرابط في الرسالة.'],
  ['ar-printer', 'ar', 'الطابعة غير متصلة', 'أطفئ الطابعة وانتظر عشر ثوان ثم افحص كابل الشبكة.'],
  ['ru-reset', 'ru', 'Сброс пароля', 'Откройте страницу учётной записи, выберите «Безопасность» и перейдите по ссылке из письма.'],
  ['ru-printer', 'ru', 'Принтер не в сети', 'Выключите принтер, подождите десять секунд и проверьте сетевой кабель.'],
];

function filled(): ReturnType<typeof createSearchIndex> {
  const index = createSearchIndex();
  for (const [id, language, title, body] of ARTICLES) index.put(doc(id, [title, body], { language }));
  return index;
}

describe('search in every script', () => {
  const index = filled();
  it.each([
    ['en', 'how can I reset the password of my account?', 'en-reset'],
    ['en', 'my printers do not print', 'en-printer'],
    ['de', 'Wie setze ich mein Kennwort zurück?', 'de-reset'],
    ['de', 'Druckerkabel prüfen', 'de-drucker'],
    ['ko', '비밀번호를 어떻게 재설정하나요?', 'ko-reset'],
    ['ko', '프린터가 안 켜져요', 'ko-printer'],
    ['ja', 'パスワードを忘れたので再設定したい', 'ja-reset'],
    ['ja', 'プリンターが動きません', 'ja-printer'],
    ['zh', '我怎么重置密码？', 'zh-reset'],
    ['zh', '打印機連不上', 'zh-printer'],
    ['th', 'ลืมรหัสผ่านต้องทำอย่างไร', 'th-reset'],
    ['th', 'เครื่องพิมพ์ไม่ทำงาน', 'th-printer'],
    ['ar', 'كيف أغير كلمة مرور حسابي؟', 'ar-reset'],
    ['ar', 'طابعتي لا تعمل', 'ar-printer'],
    ['ru', 'как сбросить пароль?', 'ru-reset'],
    ['ru', 'не печатает принтером', 'ru-printer'],
  ])('%s: %s', (lang, q, id) => {
    expect(index.search({ q, lang }).hits[0]?.id).toBe(id);
    expect(index.search({ q, filters: { language: lang } }).hits[0]?.id).toBe(id);
  });
});

describe('what is found', () => {
  it('finds a change at once, and nothing that was taken out', () => {
    const index = createSearchIndex();
    index.put(doc('a', ['Scanner jam', 'Open the lid.']));
    index.put(doc('a', ['Router restart', 'Hold the button.']));
    expect(index.size).toBe(1);
    expect(index.search({ q: 'scanner' }).hits).toEqual([]);
    expect(index.search({ q: 'router' }).hits.map((hit) => hit.id)).toEqual(['a']);
    expect(index.remove('a')).toBe(true);
    expect(index.remove('a')).toBe(false);
    expect(index.get('a')).toBeUndefined();
    expect(index.search({ q: 'router' }).hits).toEqual([]);
  });

  it('applies visibility before the cut: a hundred hidden texts do not push out the visible one', () => {
    const index = createSearchIndex();
    for (let i = 0; i < 100; i += 1) index.put(doc(`draft${i}`, ['Battery swelling', 'battery battery'], { audience: 'internal', state: 'draft' }));
    index.put(doc('open', ['Care of devices', 'Do not heat the battery.'], { audience: 'public', state: 'validated' }));
    index.put(doc('nobody', ['Battery', 'battery']));
    const { hits } = index.search({ q: 'battery', limit: 3, filters: { audiences: ['public'], states: ['validated'] } });
    expect(hits.map((hit) => hit.id)).toEqual(['open']);
    expect(index.search({ q: 'battery', filters: { audiences: [] } }).hits).toEqual([]);
  });

  it('lets texts about no product fit every product', () => {
    const index = createSearchIndex();
    index.put(doc('x1', ['Update', 'install the update'], { products: ['x'], versions: ['1'] }));
    index.put(doc('y', ['Update', 'install the update'], { products: ['y'] }));
    index.put(doc('all', ['Update', 'install the update']));
    const ids = (filters: object): string[] => index.search({ q: 'update', filters }).hits.map((hit) => hit.id).sort();
    expect(ids({ products: ['x'] })).toEqual(['all', 'x1']);
    expect(ids({ products: ['x'], versions: ['2'] })).toEqual(['all']);
    expect(ids({ products: [] })).toEqual(['all', 'x1', 'y']);
  });

  it('keeps texts of a brand for its readers; without a brand asked, brands do not count', () => {
    const index = createSearchIndex();
    index.put(doc('a', ['Update', 'install the update'], { brands: ['a'] }));
    index.put(doc('ab', ['Update', 'install the update'], { brands: ['a', 'b'] }));
    index.put(doc('all', ['Update', 'install the update'], { brands: [] }));
    const ids = (filters: object): string[] => index.search({ q: 'update', filters }).hits.map((hit) => hit.id).sort();
    expect([ids({}), ids({ brand: 'a' }), ids({ brand: 'b' }), ids({ brand: null })]).toEqual([['a', 'ab', 'all'], ['a', 'ab', 'all'], ['ab', 'all'], ['all']]);
  });

  it('falls back to other languages with a notice, only when the own language has no answer', () => {
    const index = createSearchIndex();
    index.put(doc('en', ['VPN tunnel drops', 'Restart the VPN client.'], { language: 'en-GB' }));
    index.put(doc('de', ['Drucker', 'Der Drucker druckt nicht.'], { language: 'de' }));
    expect(index.search({ q: 'VPN', filters: { language: 'de-AT' } })).toMatchObject({ fallback: true, hits: [{ id: 'en', language: 'en-GB' }] });
    expect(index.search({ q: 'Drucker', filters: { language: 'de-AT' } })).toMatchObject({ fallback: false, hits: [{ id: 'de' }] });
    expect(index.search({ q: 'zzz', filters: { language: 'de' } })).toEqual({ hits: [], fallback: false, corrected: [] });
  });

  it('forgives slips and says so', () => {
    const index = filled();
    const result = index.search({ q: 'pasword', lang: 'en' });
    expect(result.corrected).toEqual([['pasword', 'password']]);
    expect(result.hits[0]?.id).toBe('en-reset');
    expect(index.search({ q: 'prniter', lang: 'en' }).hits[0]?.id).toBe('en-printer');
  });

  it('knows a company\'s synonyms in both directions', () => {
    const index = createSearchIndex({ synonyms: [['sign in', 'log on'], ['手机', '行动电话']] });
    index.put(doc('a', ['How to log on', 'Use your badge.'], { language: 'en' }));
    index.put(doc('b', ['Something else', 'Entirely.'], { language: 'en' }));
    index.put(doc('c', ['行动电话设置', '打开。'], { language: 'zh' }));
    expect(index.search({ q: 'I cannot sign in', lang: 'en' }).hits[0]?.id).toBe('a');
    expect(index.search({ q: '手机', lang: 'zh' }).hits[0]?.id).toBe('c');
    expect(index.search({ q: 'design info', lang: 'en' }).hits.map((hit) => hit.id)).not.toContain('a');
  });

  it('counts title and keywords more than the body', () => {
    const index = createSearchIndex();
    index.put(doc('body', ['Devices', 'About the toner and other things of the office.']));
    index.put(doc('title', ['Toner', 'About things of the office and other devices.']));
    index.put(doc('keyword', ['Devices', 'About things of the office and other machines.'], { keywords: ['cartridge'] }));
    expect(index.search({ q: 'toner' }).hits.map((hit) => hit.id)).toEqual(['title', 'body']);
    expect(index.search({ q: 'cartridge' }).hits[0]?.id).toBe('keyword');
  });

  it('shows the sentence that answers, with the words that matched', () => {
    const index = createSearchIndex();
    const body = 'Intro comes first.\nThe ＴＯＮＥＲ must be shaken. Then close the lid.';
    index.put(doc('a', ['Printing', body], { language: 'en' }));
    const [passage] = index.search({ q: 'shake the toner', lang: 'en' }).hits[0]?.passages ?? [];
    expect(passage?.text).toBe('The ＴＯＮＥＲ must be shaken.');
    expect(passage?.ranges.map(([from, to]) => passage.text.slice(from, to))).toEqual(['ＴＯＮＥＲ', 'shaken']);
    expect(index.search({ q: 'toner', lang: 'en', passages: 0 }).hits[0]?.passages).toEqual([]);
  });

  it('highlights in scripts without spaces', () => {
    const [passage] = filled().search({ q: '检查网线', lang: 'zh' }).hits[0]?.passages ?? [];
    const shown = passage?.ranges.map(([from, to]) => passage.text.slice(from, to));
    expect(shown).toEqual(['检查网线']);
  });

  it('answers an empty question with nothing', () => {
    expect(filled().search({ q: '' }).hits).toEqual([]);
    expect(filled().search({ q: '?!', limit: -1 }).hits).toEqual([]);
    expect(createSearchIndex().search({ q: 'anything' }).hits).toEqual([]);
  });
});

describe('rebuilding', () => {
  const many = (count: number): SearchDocument[] => Array.from({ length: count }, (_, i) => doc(`n${i}`, [`Note ${i}`, `number ${i} of the collection ${'word '.repeat(40)}`]));

  it('swaps at the end, keeps what changed meanwhile, and lets others in again and again', async () => {
    const index = createSearchIndex();
    index.put(doc('old', ['Old text', 'vanishes']));
    let turns = 0;
    let seenOld = 0;
    const watch = setInterval(() => {
      turns += 1;
      if (index.search({ q: 'vanishes' }).hits.length === 1) seenOld += 1;
    }, 1);
    const building = index.rebuild(many(1500));
    await new Promise((resolve) => setTimeout(resolve, 20));
    index.put(doc('fresh', ['Fresh text', 'arrived']));
    index.remove('n7');
    expect(index.search({ q: 'arrived' }).hits.length).toBe(1);
    await building;
    clearInterval(watch);
    expect(seenOld).toBeGreaterThan(0);
    expect(turns).toBeGreaterThan(5);
    expect(index.size).toBe(1500);
    expect(index.get('n7')).toBeUndefined();
    expect(index.search({ q: 'vanishes' }).hits).toEqual([]);
    expect(index.search({ q: 'arrived' }).hits.map((hit) => hit.id)).toEqual(['fresh']);
  });

  it('keeps the old state when the source fails, and goes on afterwards', async () => {
    const index = createSearchIndex();
    index.put(doc('old', ['Old text', 'stays']));
    const broken = async function* (): AsyncGenerator<SearchDocument> {
      yield doc('half', ['Half', 'half']);
      throw new Error('cursor lost');
    };
    await expect(index.rebuild(broken())).rejects.toThrow('cursor lost');
    expect(index.search({ q: 'stays' }).hits.length).toBe(1);
    expect(index.get('half')).toBeUndefined();
    const progress: number[] = [];
    await index.rebuild(many(3), (done) => progress.push(done));
    expect(progress.at(-1)).toBe(3);
    expect(index.size).toBe(3);
  });

  it('ranks after any sequence of changes as an index built afresh does', () => {
    const words = ['printer', 'toner', 'cable', 'router', 'invoice', '프린터', '密码', 'пароль'];
    const change = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), remove: fc.boolean(), text: fc.array(fc.constantFrom(...words), { maxLength: 6 }) });
    fc.assert(fc.property(fc.array(change, { maxLength: 20 }), fc.constantFrom(...words), (changes, q) => {
      const index = createSearchIndex();
      const state = new Map<string, SearchDocument>();
      for (const { id, remove, text } of changes) {
        state.delete(id);
        if (remove) index.remove(id);
        else {
          const made = doc(id, [text[0] ?? '', text.join(' ')]);
          state.set(id, made);
          index.put(made);
        }
      }
      const afresh = createSearchIndex();
      for (const made of state.values()) afresh.put(made);
      const rank = (i: typeof index): (string | number)[][] => i.search({ q }).hits.map((hit) => [hit.id, Math.round(hit.score * 1e4)]);
      expect(rank(index)).toEqual(rank(afresh));
    }), { numRuns: process.env['SOAK'] ? 2000 : 100 });
  });
});
