// A believable morning at the demo company, made over the same protocols as in real life: SMTP, the chat's own socket, a telephone system's
// report, and agents who accept, answer, note and solve.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { dist, root } from '../setup/paths.mjs';

const require = createRequire(join(root, 'package.json'));
const support = (name) => require(join(dist, 'test', 'support', `${name}.js`));
const { Desktop, Session, people, until } = support('session');
const { sendMail } = support('mail');
const { io } = require('socket.io-client');

const billing = 'billing@demo.trunkline.localhost';
const nina = 'Nina Okafor <newcomer@customers.trunkline.localhost>';
const invoice = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

const mails = {
  solved: { from: 'Piet de Vries <piet@fietsen.example>', subject: 'Which bulb fits the Atlas lamp?', text: 'Hello,\n\nwhich bulb fits the Atlas lamp, and do you sell it?\n\nPiet' },
  wei: { from: '王芳 <wang.fang@pinzhi.example>', subject: '集线器无法连接无线网络', text: '您好，\n\n更新到 2.3 以后，集线器一直连不上家里的无线网络，指示灯闪红色。请问应该怎么办？\n\n王芳' },
  login: { from: nina, subject: 'Cannot log in since the 2.3 update', text: 'Hello,\n\nsince yesterday\'s update to 2.3 the app asks for my password again and then says "unknown account". I have tried three times, on the phone and on the tablet.\n\nIs my account still there? The heating runs through it.\n\nNina Okafor' },
  invoice: { from: 'Hanna Lindqvist <hanna@lindqvist.example>', to: billing, subject: 'Invoice 2026-1187 was charged twice', text: 'Good morning,\n\nour bank shows invoice 2026-1187 twice, on the 17th and on the 18th of November. The invoice is attached. Please pay one of them back.\n\nKind regards\nHanna Lindqvist\nLindqvist Interiors', attachments: [{ filename: 'invoice-2026-1187.pdf', content: invoice, contentType: 'application/pdf' }] },
  korean: { from: '김서연 <seoyeon@hanok.example>', subject: '비밀번호 재설정 메일이 오지 않습니다', text: '안녕하세요,\n\n비밀번호 재설정을 세 번 눌렀는데 메일이 오지 않습니다. 스팸함도 확인했습니다. 주소를 바꿀 수 있을까요?\n\n김서연 드림' },
  waiting: { from: 'Tomás Herrera <tomas@herrera.example>', subject: 'Radiator valve does not pair', text: 'Hi, the new radiator valve blinks blue for an hour and never pairs with the hub. Hub is on 2.3.\n\nTomás' },
  refund: { from: 'Aisha Rahman <aisha@rahman.example>', to: billing, subject: 'Refund for returned motion sensors', text: 'Hello, I sent back two motion sensors on Monday (return 4471). When will the refund arrive?\n\nAisha' },
};
const answer = 'Hello Nina,\n\nyour account is there and the heating keeps its schedule meanwhile. Version 2.3 asks everybody to confirm their address once: please open the link in the mail we sent you at 9:04, then log in with your usual password.\n\nAna Pereira\nDemo Shop';
const thanks = 'That worked on the phone, thank you! The tablet still says "unknown account". Do I have to do it there as well?\n\nNina';
const note = 'The tablet runs 2.1, where the address cannot be confirmed. Update first, then log in. See the article about 2.3.';

let made = 0;
const clientId = () => `picture-${String(++made).padStart(4, '0')}`;

async function take(agent, send) {
  const known = new Set(agent.desk?.offers.map((offer) => offer.id));
  await send();
  return agent.accept(await agent.offer((offer) => !known.has(offer.id)));
}

const write = (agent, ticketId, message) => agent.session.read('POST', `/tickets/${ticketId}/messages`, { clientId: clientId(), kind: 'agent', ...message });
const say = (agent, ticketId, text) => write(agent, ticketId, { text });

/** A visitor on the chat's own socket. */
async function visitor(baseUrl, { name, text, topic }) {
  const answer = await fetch(`${baseUrl}/api/v1/widget/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, email: `${name.split(' ')[0].toLowerCase()}@customers.example`, locale: 'en', page: `${baseUrl}/demo` }) });
  const { token } = await answer.json();
  const socket = io(`${baseUrl}/customer`, { transports: ['websocket'], auth: { token } });
  const say = async (words) => {
    const ack = await socket.timeout(15_000).emitWithAck('message.send', { clientId: clientId(), text: words, topic });
    if (!ack.ok) throw new Error(`a visitor could not write: ${ack.problem.code}`);
  };
  return { say, begin: () => say(text), close: () => socket.disconnect() };
}

const call = (more) => ({ source: 'pbx-lisbon', direction: 'in', to: '+351210000100', startedAt: new Date(Date.now() - 9 * 60_000).toISOString(), ...more });
const answered = () => call({ callId: 'c-1001', from: '+351912345678', seconds: 192, outcome: 'answered', agentEmail: people.ana, attributes: { menu: 'Delivery', order: 'A-20417' } });
const missed = () => call({ callId: 'c-1002', from: '+4930901820', seconds: 0, outcome: 'missed', attributes: { menu: 'Technical help' } });

async function busyColleagues({ minjun, wei, ...seats }, { baseUrl, smtpPort }) {
  await wei.become('available');
  const chinese = await take(wei, () => sendMail(smtpPort, mails.wei));
  await say(wei, chinese, '您好，王芳：\n\n请先把集线器断电一分钟，再长按按钮五秒，指示灯变蓝后重新添加无线网络。\n\n李伟');
  await wei.send('state.set', { state: 'away', reason: wei.desk.awayReasons[0] });
  await minjun.become('available');
  const asked = [{ name: 'Omar Haddad', text: 'Does the hub work without internet?' }, { name: 'Grace Lee', text: 'My door contact shows "low battery" after a week.' }, { name: 'Ivo Marek', text: 'Can I move the lamp to another house?' }];
  for (const each of asked) {
    const guest = await visitor(baseUrl, each);
    seats.guests.push(guest);
    const ticketId = await take(minjun, guest.begin);
    await say(minjun, ticketId, `Hello ${each.name.split(' ')[0]}, let me look that up for you.`);
  }
}

async function desk(baseUrl, email, password) {
  return Desktop.open(await Session.logIn(baseUrl, email, password));
}

/** Nina's mail, Ana's answer, Nina's second question and a note between colleagues. */
async function conversation(ana, { baseUrl, smtpPort }) {
  let first = '';
  const ticketId = await take(ana, async () => { first = await sendMail(smtpPort, mails.login); });
  await say(ana, ticketId, answer);
  const sent = await until('the answer in Nina\'s mailbox', async () => (await (await fetch(`${baseUrl}/demo/mailbox/mails`)).json()).rows[0]);
  await sendMail(smtpPort, { from: nina, subject: sent.subject, inReplyTo: first, references: first, text: thanks });
  await until('Nina\'s second mail', async () => (await ana.session.read('GET', `/tickets/${ticketId}`)).lastSeq >= 3);
  await write(ana, ticketId, { kind: 'note', text: note });
  await ana.session.read('PATCH', `/tickets/${ticketId}`, { priority: 'high', tags: ['2.3', 'log-in'] });
  return ticketId;
}

/** Fills the company up to the moment before a visitor asks for a chat; answers who sits there and what is open. */
export async function morning({ node, password }) {
  const { baseUrl, smtpPort } = node;
  const [ana, minjun, wei, maria] = await Promise.all([people.ana, people.minjun, people.wei, people.maria].map((email) => desk(baseUrl, email, password)));
  const guests = [];
  await busyColleagues({ minjun, wei, guests }, { baseUrl, smtpPort });
  await ana.become('available');
  const solved = await take(ana, () => sendMail(smtpPort, mails.solved));
  await say(ana, solved, 'Hello Piet, any E27 bulb up to 15 W. We sell a warm white one for € 7.');
  await ana.session.read('POST', `/tickets/${solved}/solve`, { disposition: 'solved' });
  const invoiceTicket = await take(ana, () => sendMail(smtpPort, mails.invoice));
  const korean = await take(ana, () => sendMail(smtpPort, mails.korean));
  const login = await conversation(ana, { baseUrl, smtpPort });
  const admin = await Session.logIn(baseUrl, people.jonas, password);
  await admin.read('POST', '/calls/records', answered());
  const close = () => [ana, minjun, wei, maria, ...guests].forEach((one) => one.close());
  return { ana, admin, maria: maria.session, wei: wei.session, tickets: { login, invoice: invoiceTicket, korean }, close };
}

/** What comes in while everybody is busy, and so waits. */
export async function queueUp({ ana, admin }, { smtpPort }) {
  await admin.read('POST', '/calls/records', missed());
  await sendMail(smtpPort, mails.waiting);
  await sendMail(smtpPort, mails.refund);
  await until('three tickets without an owner', async () => (await ana.session.read('GET', '/ticket-counts')).unassigned >= 3);
}

export { people, say, until };
export const startDemo = support('session').startDemo;
export const launchChromium = support('chromium').launchChromium;
