import { sanitiseMailHtml, stopSanitiser, withRemoteImages } from '../../../../server/channels/email/understand';
import { dice } from '../../../support/dice';
import { hostileHtml } from '../../../support/hostile-html';
import { rounds, seed } from '../../../support/soak';
import { HEAD } from './mails';
import { understandMail } from '../../../../server/channels/email/understand';

afterAll(() => stopSanitiser());

const ACTIVE = /<(?:script|svg|math|iframe|object|form|input|base|link|meta|style|video|template)|\son\w+=|javascript:|evil\.example|url\(|position/i;

describe('sanitised HTML', () => {
  test.each(hostileHtml)('%s', async (html) => {
    const safe = await sanitiseMailHtml(html);
    expect(safe.replace(/ data-remote-src="[^"]*"/g, '')).not.toMatch(ACTIVE);
  });

  // Elements and attributes only: between them any word may stand as text. Where a link leads is its reader's choice, and mixing makes links of addresses.
  test(`stays without anything active, whatever was cut, doubled or mixed (SEED=${seed()})`, async () => {
    const roll = dice(seed());
    for (let i = 0; i < rounds(120, 10_000); i += 1) {
      const piece = (): string => { const text = roll.pick(hostileHtml); return text.slice(roll.chance(0.3) ? roll.int(text.length) : 0, roll.chance(0.3) ? roll.int(text.length) : text.length); };
      const html = Array.from({ length: 1 + roll.int(5) }, piece).join(roll.pick(['', '\0', '\n', '<b>', '"', '>', '-->', '</style>', '</noscript>']));
      const tags = (await sanitiseMailHtml(html)).match(/<(?:"[^"]*"|[^">])*>/g)?.map((tag) => tag.replace(/ data-remote-src="[^"]*"| (?:title|alt)="[^"]*"/g, '').replace(/(?<=^<a\b[^>]*) href="https?:[^"]*"/g, '')) ?? [];
      expect(tags.filter((tag) => ACTIVE.test(tag))).toEqual([]);
    }
  }, 300_000);

  test('keeps what a mail is made of, and the links lead out', async () => {
    const safe = await sanitiseMailHtml('<h1>Hi</h1><p style="color: red; margin: 4px; behavior: url(x)">a <b>b</b></p><table width="100"><tr><td bgcolor="#fff">c</td></tr></table><a href="https://example.org/?a=1&b=2">l</a>');
    expect(safe).toContain('<p style="color: red; margin: 4px">a <b>b</b></p>');
    expect(safe).toContain('<td bgcolor="#fff">c</td>');
    expect(safe).toContain('<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">l</a>');
  });

  test('remote pictures wait until a person asks for them; those of the mail itself stay', async () => {
    const safe = await sanitiseMailHtml('<img src="https://example.org/a.png?x=1&y=2" width="5"><img src="cid:pic@1"><img alt=\' data-remote-src="https://evil.example"\'>');
    expect(safe).toContain('<img width="5" data-remote-src="https://example.org/a.png?x=1&amp;y=2">');
    expect(safe).toContain('<img src="cid:pic@1">');
    expect(withRemoteImages(safe)).toContain('<img width="5" src="https://example.org/a.png?x=1&amp;y=2">');
    expect(withRemoteImages(safe)).not.toContain('src="https://evil.example"');
  });

  test('read again it is the same: no second reader finds anything else in it', async () => {
    for (const html of [...hostileHtml, '<b>a<p>b</b>c</p>', '<a href="https://example.org/?a&quot;b=<i>">x</a>', '<img alt="</title><img src=x onerror=alert(1)>" src="cid:a@b">', 'a &lt;script&gt; b']) {
      const safe = await sanitiseMailHtml(html);
      expect(await sanitiseMailHtml(safe)).toBe(safe);
    }
  });

  test.each([
    ['tables in tables', '<div><table><tr><td>'.repeat(40_000)],
    ['elements that come back in every paragraph', `${Array.from({ length: 3000 }, (_, i) => `<b title="${i}">`).join('')}${'<p>x'.repeat(30_000)}`],
  ])('%s: nobody waits for long, its text stays, and the next mail is served', async (_what, html) => {
    const started = performance.now();
    const safe = await sanitiseMailHtml(`<p>kept &lt;b&gt;</p>${html}`);
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(safe).toContain('kept &lt;b&gt;');
    expect(safe).not.toContain('<script');
    expect(await sanitiseMailHtml('<p>next</p>')).toBe('<p>next</p>');
  });

  test('is made on request only, and only of HTML', async () => {
    const html = Buffer.from(`${HEAD}Content-Type: text/html\n\n<p onclick=x>a</p>`);
    expect((await understandMail(html)).safeHtml).toBeUndefined();
    expect((await understandMail(html, { safeHtml: true })).safeHtml).toBe('<p>a</p>');
    expect((await understandMail(Buffer.from(`${HEAD}\nx`), { safeHtml: true })).safeHtml).toBeUndefined();
  });
});
