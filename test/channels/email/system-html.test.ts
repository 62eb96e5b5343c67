import { htmlOf } from '../../../server/channels/email/system-html';

const ours = 'https://desk.example/link?a=1&b=2';

test('the last link that stands alone is a button, earlier ones in somebody\'s words are not', () => {
  const html = htmlOf({ subject: 'A note', text: `Ana wrote:\n\nhttps://elsewhere.example\n\n${ours}\n\nBye.`, action: 'Open the ticket' });
  expect(html.match(/>Open the ticket</g)).toHaveLength(1);
  expect(html).toContain('<a class="b" href="https://desk.example/link?a=1&amp;b=2"');
  expect(html).toContain('<a class="a" href="https://elsewhere.example"');
});

test('what people write stays text', () => {
  const html = htmlOf({ subject: '</title><b>', text: 'See <img src=x onerror=alert(1)> at "https://a.example/".\nNext line', action: '' });
  expect(html).not.toMatch(/<img|<b>/);
  expect(html).toContain('See &lt;img src=x onerror=alert(1)&gt; at &quot;<a class="a" href="https://a.example/"');
  expect(html).toContain('<br>Next line');
});
