// Whatever happens to a mail on the way, no text and no file that it did not happen to is lost. SOAK=1 makes ten thousand.
import { understandMail, type UnderstoodMail } from '../../../../server/channels/email/understand';
import { dice } from '../../../support/dice';
import { rounds, seed } from '../../../support/soak';
import { makeMail, mishaps, type Part } from './generate';

const kinds = Object.keys(mishaps);
const each = Math.ceil(rounds(300, 10_000) / kinds.length);

function isThere(mail: UnderstoodMail, { kind, name, content }: Part): boolean {
  if (kind === 'text') return mail.text.includes(content);
  return mail.attachments.some((file) => file.content.toString('latin1') === content && file.filename === name);
}

test.each(kinds)(`%s: everything else is found again (SEED=${seed()})`, async (kind) => {
  for (let i = 0; i < each; i += 1) {
    const number = seed() * 100_003 + i;
    const made = makeMail(number);
    const { raw, whole } = mishaps[kind]!(made, dice(number));
    const mail = await understandMail(raw);
    const lost = whole.filter((part) => !isThere(mail, part));
    // The number makes it again.
    expect({ number, lost: lost.map((part) => part.name || part.content) }).toEqual({ number, lost: [] });
  }
});
