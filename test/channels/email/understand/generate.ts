// Mails made of known parts, and what can happen to them on the way. Each change says which parts it touched: everything else must be found again.
import { dice, type Dice } from '../../../support/dice';

/** One part of a generated mail: what its text or file holds, word for word. */
export interface Part {
  kind: 'text' | 'file';
  name: string;
  /** Text, or bytes as latin1. */
  content: string;
}

/** A mail in pieces, so that a change knows what it touches. */
export interface Made {
  head: string[];
  boundary: string;
  parts: { head: string[]; body: Buffer; part: Part }[];
}

const words: [charset: string, text: string][] = [
  ['utf-8', 'Die Lampe blinkt — 램프가 깜박입니다, 灯在闪烁'], ['iso-8859-1', 'Grüße aus Köln, ça va très bien'], ['windows-1252', 'Preis: 12 € “heute” – ja'], ['iso-8859-15', 'Il coûte 12 €'], ['windows-1251', 'Лампа мигает с понедельника'], ['koi8-r', 'Лампа мигает с понедельника'],
  ['iso-8859-2', 'Żarówka miga od wczoraj'], ['euc-kr', '어제부터 램프가 깜박입니다'], ['gb18030', '昨天开始灯一直在闪烁'], ['big5', '昨天開始燈一直在閃爍'], ['shift_jis', '昨日からランプが点滅しています'], ['euc-jp', '昨日からランプが点滅しています'], ['us-ascii', 'The lamp blinks = since Monday'],
];

// Node writes no old charset: what it reads is turned round.
const tables = new Map<string, Map<string, Buffer>>();
function encode(charset: string, text: string): Buffer {
  if (charset === 'utf-8' || charset === 'us-ascii') return Buffer.from(text);
  const table = tables.get(charset) ?? turned(charset);
  tables.set(charset, table);
  return Buffer.concat([...text].map((letter) => table.get(letter) ?? Buffer.from('?')));
}

function turned(charset: string): Map<string, Buffer> {
  const decoder = new TextDecoder(charset);
  const table = new Map<string, Buffer>();
  for (let lead = 0xff; lead >= 0x80; lead -= 1) {
    for (let trail = 0xff; trail >= 0x40; trail -= 1) {
      const bytes = Buffer.from([lead, trail]);
      const read = decoder.decode(bytes);
      if ([...read].length === 1 && read !== '\ufffd') table.set(read, bytes);
    }
  }
  for (let byte = 0xff; byte >= 0; byte -= 1) {
    const read = decoder.decode(Buffer.from([byte]));
    if ([...read].length === 1 && read !== '\ufffd') table.set(read, Buffer.from([byte]));
  }
  // Node takes this one for Latin-1.
  if (charset === 'windows-1252') for (const [letter, byte] of [['€', 0x80], ['“', 0x93], ['”', 0x94], ['–', 0x96]] as const) table.set(letter, Buffer.from([byte]));
  return table;
}

const quoted = (bytes: Buffer): string => [...bytes].map((byte) => (byte === 0x3d || byte > 126 || byte < 32 ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte))).join('').replace(/(.{1,70})(?=.)/g, (line) => `${/=.?$/.test(line) ? line : `${line}=\r\n`}`);
const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/(.{76})/g, '$1\r\n');

/** How a text may be written down: each must read the same. */
function written(roll: Dice, bytes: Buffer): { encoding: string; body: Buffer } {
  const encoding = roll.pick(bytes.some((byte) => byte > 126) ? ['base64', 'quoted-printable', '8bit', 'binary'] : ['7bit', 'base64', 'quoted-printable']);
  return { encoding, body: encoding === 'base64' ? Buffer.from(base64(bytes)) : encoding === 'quoted-printable' ? Buffer.from(quoted(bytes)) : bytes };
}

/** A mail of a text and some files. */
export function makeMail(seed: number): Made {
  const roll = dice(seed);
  const boundary = roll.pick(['=_frontier', '----=_NextPart_000_0001', 'Apple-Mail=_X']) + roll.int(1e6);
  const [charset, text] = roll.pick(words);
  const content = `${text} ${roll.int(1e9)}`;
  const parts: Made['parts'] = [];
  const { encoding, body } = written(roll, encode(charset, content));
  parts.push({ head: [`Content-Type: text/plain; charset="${charset}"`, `Content-Transfer-Encoding: ${encoding}`], body, part: { kind: 'text', name: '', content } });
  for (let i = 0, files = 1 + roll.int(4); i < files; i += 1) {
    const bytes = Buffer.from(Array.from({ length: 20 + roll.int(300) }, () => roll.int(256)));
    const name = roll.pick([`bill-${i}.pdf`, `Überweisung ${i}.pdf`, `청구서 ${i}.xlsx`, `a;b ${i}.txt`]);
    const given = roll.pick([`filename*=utf-8''${encodeURIComponent(name)}`, `filename="=?utf-8?B?${Buffer.from(name).toString('base64')}?="`, `filename="${name}"`]);
    parts.push({ head: ['Content-Type: application/octet-stream', 'Content-Transfer-Encoding: base64', `Content-Disposition: attachment; ${given}`], body: Buffer.from(base64(bytes)), part: { kind: 'file', name, content: bytes.toString('latin1') } });
  }
  return { head: ['From: Ada Larsen <ada@example.org>', 'To: help@example.com', 'Subject: The lamp and its bills', 'MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${boundary}"`], boundary, parts };
}

const line = (text: string): Buffer => Buffer.from(`${text}\r\n`);

/** The mail as bytes; `ends` are where each part is over. */
export function assemble({ head, boundary, parts }: Made, { last = true }: { last?: boolean } = {}): { raw: Buffer; ends: number[] } {
  const pieces: Buffer[] = [...head.map(line), line('')];
  const ends: number[] = [];
  for (const { head: fields, body } of parts) {
    pieces.push(line(`--${boundary}`), ...fields.map(line), line(''), body, line(''));
    ends.push(pieces.reduce((sum, each) => sum + each.length, 0));
  }
  if (last) pieces.push(line(`--${boundary}--`));
  return { raw: Buffer.concat(pieces), ends };
}

const folded = (roll: Dice, field: string): string => field.replace(/; /g, () => `;${roll.pick([' ', '\r\n ', '\r\n\t', '\r\n  \t '])}`).replace(/^([\w-]+): /, (_whole, name: string) => `${roll.pick([name, name.toUpperCase(), name.toLowerCase()])}:${roll.pick([' ', '', '\t', '\r\n '])}`);

/** What may happen to a mail; answers its bytes and the parts that came through untouched. */
export const mishaps: Record<string, (made: Made, roll: Dice) => { raw: Buffer; whole: Part[] }> = {
  nothing: (made) => ({ raw: assemble(made).raw, whole: made.parts.map((each) => each.part) }),
  'cut off': (made, roll) => {
    const { raw, ends } = assemble(made);
    const at = roll.int(raw.length);
    return { raw: raw.subarray(0, at), whole: made.parts.filter((_each, i) => (ends[i] ?? 0) <= at).map((each) => each.part) };
  },
  'bits flipped': (made, roll) => {
    const hit = roll.int(made.parts.length);
    const parts = made.parts.map((each, i) => (i === hit ? { ...each, body: Buffer.from(each.body.map((byte) => (roll.chance(0.05) ? byte ^ (1 << roll.int(8)) : byte))) } : each));
    return { raw: assemble({ ...made, parts }).raw, whole: made.parts.filter((_each, i) => i !== hit).map((each) => each.part) };
  },
  'a part doubled': (made, roll) => {
    const again = roll.int(made.parts.length);
    return { raw: assemble({ ...made, parts: made.parts.flatMap((each, i) => (i === again ? [each, each] : [each])) }).raw, whole: made.parts.map((each) => each.part) };
  },
  'the end of the parts missing': (made) => ({ raw: assemble(made, { last: false }).raw, whole: made.parts.map((each) => each.part) }),
  'header lines folded oddly': (made, roll) => ({ raw: assemble({ ...made, head: made.head.map((each) => folded(roll, each)), parts: made.parts.map((each) => ({ ...each, head: each.head.map((field) => folded(roll, field)) })) }).raw, whole: made.parts.map((each) => each.part) }),
  'other line ends': (made, roll) => ({ raw: Buffer.from(assemble(made).raw.toString('latin1').replace(/\r\n/g, roll.pick(['\n', '\r\n'])), 'latin1'), whole: made.parts.map((each) => each.part) }),
  'blanks behind the boundaries': (made, roll) => ({ raw: Buffer.from(assemble(made).raw.toString('latin1').replace(new RegExp(`^--${made.boundary.replace(/[=+?.]/g, '\\$&')}\r$`, 'gm'), (mark) => `${mark.trimEnd()}${roll.pick(['', ' ', '\t', '   '])}\r`), 'latin1'), whole: made.parts.map((each) => each.part) }),
  'a boundary broken': (made, roll) => {
    const broken = 1 + roll.int(made.parts.length - 1);
    const { raw, ends } = assemble(made);
    const at = ends[broken - 1] ?? 0;
    const damaged = Buffer.from(raw);
    damaged[at + 3] = 0x21;
    return { raw: damaged, whole: made.parts.filter((_each, i) => i !== broken && i !== broken - 1).map((each) => each.part) };
  },
  'a header nobody knows, as long as a book': (made, roll) => ({ raw: assemble({ ...made, head: [...made.head.slice(0, 3), `X-Junk: ${'x'.repeat(roll.int(60_000))}`, ...made.head.slice(3)] }).raw, whole: made.parts.map((each) => each.part) }),
};
