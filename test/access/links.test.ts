import { accessEndpoints as api } from '../../protocol';
import { accountByEmail, createCompany, firstLink, mount, type LinkMail } from '../../server/access';
import { AccountModel } from '../../server/access/account.model';
import { askReset } from '../../server/access/ask-reset';
import { inviteAccount } from '../../server/access/invite-account';
import { LinkModel } from '../../server/access/link.model';
import { logIn } from '../../server/access/log-in';
import { resetAccount } from '../../server/access/reset-account';
import { readLink, useLink } from '../../server/access/use-link';
import { contextOf, nobody } from '../../server/kernel';
import { hire, openHouse, password, refusal, type House } from './house';

const from = { address: '203.0.113.8', agentText: '' };
const hour = 3_600_000;
let house: House;
beforeAll(async () => { house = await openHouse(); });
afterAll(() => house.stop());

const tokenOf = (link: string) => link.split('#token=')[1] ?? '';
const use = (link: string, more: { password?: string; name?: string; email?: string } = {}) => useLink(house.ctx, nobody, { token: tokenOf(link), password, from, ...more });
const read = (link: string) => readLink(house.ctx, nobody, { token: tokenOf(link), address: from.address });

/** Asks for a reset and waits for the mail. */
const mailed = (email: string): Promise<LinkMail> => new Promise((resolve, reject) => {
  askReset(house.ctx, nobody, { email, address: from.address, sendMail: async (_ctx, mail) => resolve(mail) }).catch(reject);
});

describe('an invitation', () => {
  it('is good once, for seven days, and lets its owner choose name and password', async () => {
    const { account, link } = await inviteAccount(house.ctx, house.system, { email: 'new@example.com', name: 'New', roles: ['agent'] });
    expect(link).toMatch(/^https:\/\/help\.example\.com\/link#token=[\w-]{20,200}$/);
    expect(await refusal(logIn(house.ctx, nobody, { email: 'new@example.com', password: '', from }))).toBe('wrong-credentials');
    expect(await read(link)).toEqual({ kind: 'invitation', name: 'New', email: 'new@example.com' });
    expect(await refusal(use(link, { password: 'password123' }))).toBe('password-weak');
    const opened = await use(link, { name: 'Newton' });
    expect(opened.account).toMatchObject({ _id: account._id, name: 'Newton' });
    expect(await refusal(use(link))).toBe('link-expired');
    expect(await refusal(read(link))).toBe('link-expired');
    await logIn(house.ctx, nobody, { email: 'new@example.com', password, from });
    expect(await refusal(inviteAccount(house.ctx, house.system, { email: 'NEW@example.com', name: 'Again', roles: ['agent'] }))).toBe('already-exists');
  });

  it('expires, works for one of two at the same moment, and not for a disabled account', async () => {
    const old = await inviteAccount(house.ctx, house.system, { email: 'late@example.com', name: 'Late', roles: ['agent'] });
    house.pass(7 * 24 * hour);
    expect(await refusal(use(old.link))).toBe('link-expired');
    const raced = await inviteAccount(house.ctx, house.system, { email: 'raced@example.com', name: 'Raced', roles: ['agent'] });
    const answers = await Promise.allSettled([use(raced.link), use(raced.link)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const gone = await inviteAccount(house.ctx, house.system, { email: 'gone@example.com', name: 'Gone', roles: ['agent'] });
    await AccountModel.updateOne({ companyId: house.ctx.companyId, _id: gone.account._id }, { $set: { disabled: true } });
    expect(await refusal(use(gone.link))).toBe('link-expired');
  });

  it('made up, is expired', async () => {
    expect(await refusal(use('https://x/link#token=made-up-made-up-made-up'))).toBe('link-expired');
    expect(await refusal(use(`https://x/link#token=${'a'.repeat(43)}${house.ctx.companyId}`))).toBe('link-expired');
  });

  it('is mailed in the language of its owner unless asked not to', async () => {
    const mails: LinkMail[] = [];
    const routes = mount({ sendMail: async (_ctx, mail) => void mails.push(mail) }).routes ?? [];
    const invite = (email: string, sendMail: boolean) => routes.find((each) => each.endpoint === api.invite)?.handle(house.ctx, house.system, { body: { email, name: 'Mia', roles: ['agent'], sendMail }, request: undefined, response: undefined, params: undefined, query: undefined } as never);
    const answer = await invite('mia@example.com', true) as { link: string };
    await invite('max@example.com', false);
    expect(mails).toEqual([{ to: 'mia@example.com', kind: 'invitation', name: 'Mia', link: answer.link, locale: 'en' }]);
  });
});

describe('a reset', () => {
  it('comes by mail, is good once, for an hour, and ends all log-ins', async () => {
    const { id, email } = await hire(house, ['agent']);
    await logIn(house.ctx, nobody, { email, password, from });
    const mail = await mailed(email);
    expect(mail).toMatchObject({ to: email, kind: 'reset', locale: 'en' });
    expect(await read(mail.link)).toMatchObject({ kind: 'reset', email });
    const opened = await use(mail.link, { password: 'another long password', name: 'Ignored' });
    expect(opened.account).toMatchObject({ _id: id });
    expect(opened.account.name).not.toBe('Ignored');
    expect(await refusal(use(mail.link))).toBe('link-expired');
    expect(await refusal(logIn(house.ctx, nobody, { email, password, from }))).toBe('wrong-credentials');
    const late = await mailed(email);
    house.pass(hour);
    expect(await refusal(use(late.link))).toBe('link-expired');
  });

  it('asked again, ends the earlier link; an invited account gets its invitation again', async () => {
    const { email } = await hire(house, ['agent']);
    const [one, two] = [await mailed(email), await mailed(email)];
    expect(await refusal(read(one.link))).toBe('link-expired');
    await read(two.link);
    await inviteAccount(house.ctx, house.system, { email: 'forgot@example.com', name: 'Forgot', roles: ['agent'] });
    expect(await mailed('forgot@example.com')).toMatchObject({ kind: 'invitation' });
  });

  it('says nothing of who has an account, and is throttled', async () => {
    const before = await LinkModel.countDocuments({ companyId: house.ctx.companyId });
    for (let attempt = 0; attempt < 5; attempt += 1) await askReset(house.ctx, nobody, { email: 'nobody@example.com', address: from.address, sendMail: () => Promise.reject(new Error('must not be called')) });
    expect(await refusal(askReset(house.ctx, nobody, { email: 'nobody@example.com', address: from.address, sendMail: () => Promise.resolve() }))).toBe('too-many-requests');
    expect(await LinkModel.countDocuments({ companyId: house.ctx.companyId })).toBe(before);
  });

  it('by mail keeps the second factor, by an administrator ends it', async () => {
    const { id, email } = await hire(house, ['agent']);
    await AccountModel.updateOne({ companyId: house.ctx.companyId, _id: id }, { $set: { secondFactor: { secret: 'sealed', lastStep: 0, recovery: [] } } });
    expect(await refusal(use((await mailed(email)).link, { password: 'another long password' }))).toBe('second-factor-needed');
    expect(await refusal(logIn(house.ctx, nobody, { email, password: 'another long password', from }))).toBe('second-factor-needed');
    await use(await resetAccount(house.ctx, house.system, { id }), { password: 'a third long password' });
    await logIn(house.ctx, nobody, { email, password: 'a third long password', from });
    expect(await refusal(resetAccount(house.ctx, house.system, { id: '0'.repeat(24) }))).toBe('not-found');
  });
});

describe('the first administrator', () => {
  it('gets in by a link that dies with the first administrator, in whichever company', async () => {
    const company = await createCompany(house.services, { name: 'Empty', locale: 'pt', timeZone: 'Europe/Lisbon' });
    const inside = contextOf(house.services, company._id);
    const [link, spare] = [await firstLink(inside) ?? '', await firstLink(inside) ?? ''];
    expect(await read(link)).toEqual({ kind: 'first', name: '', email: '' });
    expect(await refusal(use(link, { name: 'Root' }))).toBe('bad-input');
    const { account } = await use(link, { name: 'Root', email: 'root@example.com' });
    expect(account).toMatchObject({ companyId: company._id, roles: ['administrator'], locale: 'pt' });
    expect(await refusal(use(spare, { name: 'Thief', email: 'thief@example.com' }))).toBe('link-expired');
    expect(await firstLink(inside)).toBeNull();
    expect(await accountByEmail(house.ctx, 'root@example.com')).toBeNull();
  });
});
