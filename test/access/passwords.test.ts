import fc from 'fast-check';
import { createHasher } from '../../server/access/password-hash';
import { demandStrongPassword } from '../../server/access/password-rules';
import { seal, unseal } from '../../server/kernel/sealed';
import { networkOf } from '../../server/access/throttle';
import { companyOfToken, hashOf, newToken, sameText } from '../../server/access/tokens';
import { newId, ProblemError } from '../../server/kernel';

const withArgon = createHasher();
const withoutArgon = createHasher(() => Promise.reject(new Error('not installed here')));

const reasonOf = (password: string, email = 'ana.silva@example.com'): unknown => {
  try {
    demandStrongPassword(password, email);
    return 'strong';
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'password-weak') return error.params['reason'];
    throw error;
  }
};

describe('a password hash', () => {
  it('is argon2id where that loads, and says so', async () => {
    const hash = await withArgon.hash('correct horse battery');
    expect(hash).toMatch(/^\$argon2id\$/);
    expect(await withArgon.verify(hash, 'correct horse battery')).toBe(true);
    expect(await withArgon.verify(hash, 'correct horse batterz')).toBe(false);
    expect(await withArgon.isWeak(hash)).toBe(false);
  });

  it('is scrypt where argon2 does not load, still verified later and then called weak', async () => {
    const hash = await withoutArgon.hash('correct horse battery');
    expect(hash).toMatch(/^scrypt\$/);
    for (const hasher of [withoutArgon, withArgon]) {
      expect(await hasher.verify(hash, 'correct horse battery')).toBe(true);
      expect(await hasher.verify(hash, 'something else')).toBe(false);
    }
    expect(await withArgon.isWeak(hash)).toBe(true);
    expect(await withoutArgon.isWeak(hash)).toBe(false);
  });

  it('refuses an argon2 hash where argon2 does not load, and whatever is compared with no hash', async () => {
    expect(await withoutArgon.verify(await withArgon.hash('correct horse battery'), 'correct horse battery')).toBe(false);
    expect(await withArgon.verify(null, 'correct horse battery')).toBe(false);
  });

  it('is the same however the keyboard composes a letter', async () => {
    expect(await withArgon.verify(await withArgon.hash('caf\u00e9 au lait!'), 'cafe\u0301 au lait!')).toBe(true);
  });

  it('takes about as long for no account as for a wrong password', async () => {
    const hash = await withArgon.hash('correct horse battery');
    await withArgon.verify(null, 'warm');
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < 7; round += 1) {
      for (const [which, stored] of [hash, null].entries()) {
        const start = performance.now();
        await withArgon.verify(stored, 'wrong password');
        times[which]?.push(performance.now() - start);
      }
    }
    const [known = 1, unknown = 1] = times.map((each) => Math.min(...each));
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });
});

describe('a chosen password', () => {
  it.each([['short1!', 'short'], ['пароль123', 'short'], ['ana.silva@example.com', 'address'], ['AnaSilva2026', 'address'], ['password123', 'common'], ['P@ssw0rd2024', 'common'], ['1234567890', 'common'], ['qwertyuiop', 'common'],
    ['aaaaaaaaaaaa', 'common'], ['abcabcabcabc', 'common'], ['Administrator1', 'common'], ['!!letmein123!!', 'common'], ['correct horse battery', 'strong'], ['Tr4in-to-Évora', 'strong'], ['ああ東京タワー大好き2026', 'strong']])('%s is %s', (password, reason) => {
    expect(reasonOf(password)).toBe(reason);
  });

  it('is never judged by a crash', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.emailAddress(), (password, email) => { reasonOf(password, email); }));
  });
});

describe('what is secret', () => {
  it('a sealed text opens only with the key and for the owner it was sealed for', () => {
    const secrets = { signing: 'one' };
    fc.assert(fc.property(fc.string(), (text) => unseal(secrets, 'ana', seal(secrets, 'ana', text)) === text), { numRuns: 20 });
    const sealed = seal(secrets, 'ana', 'JBSWY3DP');
    expect(unseal(secrets, 'rui', sealed)).toBeNull();
    expect(unseal({ signing: 'two' }, 'ana', sealed)).toBeNull();
    expect(unseal(secrets, 'ana', `${sealed.slice(0, -2)}AA`)).toBeNull();
  });

  it('a token names its company and is stored as a hash', () => {
    const company = newId();
    const token = newToken(company);
    expect(companyOfToken(token)).toBe(company);
    expect(companyOfToken(`tlk_${token}`)).toBe(company);
    expect(companyOfToken('made-up')).toBeNull();
    expect(hashOf(token)).not.toContain(token);
    expect(sameText('a', 'a')).toBe(true);
    expect(sameText('a', 'ab')).toBe(false);
  });

  it('one subscriber of a network counts as one', () => {
    expect(networkOf('203.0.113.9')).toBe('203.0.113.9');
    expect(networkOf('::ffff:203.0.113.9')).toBe('203.0.113.9');
    expect(networkOf('2001:db8:0:1::5')).toBe(networkOf('2001:0db8:0000:0001:ffff::1'));
    expect(networkOf('2001:db8:0:1::5')).not.toBe(networkOf('2001:db8:0:2::5'));
    expect(networkOf('::1')).toBe('0:0:0:0');
  });
});
