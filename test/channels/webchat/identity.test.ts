import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { readIdentity } from '../../../server/channels/webchat/identity';
import type { IdentityKey } from '../../../server/channels/webchat/settings';

type Key = Pick<IdentityKey, 'id' | 'algorithm' | 'key'>;
const now = 1_800_000_000_000;
const exp = now / 1000 + 300;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const shared: Key = { id: 'a', algorithm: 'HS256', key: 'a shared secret of some length' };
const pair = generateKeyPairSync('ed25519');
const open: Key = { id: 'b', algorithm: 'EdDSA', key: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString() };

const hs = (claims: object, { key = shared.key, head = { alg: 'HS256', typ: 'JWT' } as object } = {}) => {
  const text = `${part(head)}.${part(claims)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
};
const ed = (claims: object) => {
  const text = `${part({ alg: 'EdDSA', kid: 'b' })}.${part(claims)}`;
  return `${text}.${sign(null, Buffer.from(text), pair.privateKey).toString('base64url')}`;
};
const refused = (jwt: string, keys = [shared, open]) => expect(() => readIdentity(jwt, keys, now)).toThrow(expect.objectContaining({ code: 'identity-unsigned' }));

describe('a signed identity', () => {
  it('is believed with a right signature of either kind', () => {
    expect(readIdentity(hs({ sub: '42', exp, name: 'Ana', email: 'ana@example.com' }), [shared, open], now)).toEqual({ subject: '42', name: 'Ana', email: 'ana@example.com' });
    expect(readIdentity(ed({ sub: '42', exp }), [shared, open], now)).toEqual({ subject: '42', name: '', email: '' });
  });

  it('is believed with the older of two active keys while one replaces the other', () => {
    const newer: Key = { id: 'c', algorithm: 'HS256', key: 'the next secret, also long' };
    expect(readIdentity(hs({ sub: '42', exp }), [newer, shared], now).subject).toBe('42');
    refused(hs({ sub: '42', exp }), [newer]);
    refused(hs({ sub: '42', exp }), []);
  });

  it('is refused without an expiry, after it, before its time, or without a subject', () => {
    for (const claims of [{ sub: '42' }, { sub: '42', exp: now / 1000 - 1 }, { sub: '42', exp, nbf: exp }, { sub: '42', exp, iat: exp }, { sub: '', exp }, { exp }]) refused(hs(claims));
  });

  it('is refused with another algorithm, the wrong key, or a public key used as a secret', () => {
    const claims = { sub: '42', exp };
    refused(`${part({ alg: 'none' })}.${part(claims)}.`);
    refused(hs(claims, { key: 'another secret of some length' }));
    refused(hs(claims, { key: open.key }));
    refused(hs(claims, { head: { alg: 'HS256', kid: 'unknown' } }));
    refused(hs(claims, { head: { alg: 'HS512' } }));
    refused(hs(claims, { head: { alg: 'HS256', crit: ['x'] } }));
  });

  it('is refused, not crashed upon, whatever comes', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.tuple(fc.base64String(), fc.base64String(), fc.base64String()).map((parts) => parts.join('.'))), (jwt) => refused(jwt)));
    const good = hs({ sub: '42', exp });
    fc.assert(fc.property(fc.nat(good.length - 1), fc.constantFrom('A', 'b', '.', '-'), (at, letter) => {
      const bent = good.slice(0, at) + letter + good.slice(at + 1);
      const same = bent.split('.').length === 3 && bent.split('.').every((each, n) => Buffer.from(each, 'base64url').equals(Buffer.from(good.split('.')[n] ?? '', 'base64url')));
      if (!same) refused(bent);
    }));
  });
});
