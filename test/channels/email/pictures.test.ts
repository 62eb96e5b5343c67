// Pictures inside a mail: shown from where we keep them, sent as parts of the mail, and no file ever hidden.
import { htmlOfAgent, htmlOfMail } from '../../../server/channels/email/pictures';
import { stopSanitiser } from '../../../server/channels/email/understand';

afterAll(() => stopSanitiser());
const [one, two] = ['0123456789abcdef01234567', '89abcdef0123456701234567'];

test('a picture that the text shows stands there by our own address; one it does not show stays a file below', async () => {
  const { html, inside } = await htmlOfMail('<p>See</p><img src="cid:Logo%401@x"><img src="cid:gone@x">', [{ blobId: one, contentId: 'logo@1@x' }, { blobId: two, contentId: 'other@x' }]);
  expect(html).toContain(`src="/files/${one}"`);
  expect(html).toContain('src="cid:gone@x"');
  expect([...inside]).toEqual([one]);
});

test('a picture an agent put into an answer survives, any other address of ours does not', async () => {
  const html = await htmlOfAgent(`<p>Look</p><img alt="a" src="/files/${one}"><img src="/api/v1/me"><img src="/files/../api"><a href="/settings">x</a><script>1</script>`);
  expect(html).toContain(`src="/files/${one}"`);
  expect(html).not.toMatch(/\/api|\/settings|script/);
});
