import { credentialsOf, formOf, homeOf, reachOf, serversOf } from '../../../../agent-console/features/settings/mail/servers';

test('the servers follow from the address: a known provider\'s own, else the usual names below the domain', () => {
  expect([homeOf('a@gmail.com'), homeOf('a@outlook.com'), homeOf('a@example.com')]).toEqual(['google', 'microsoft', 'imap']);
  expect(serversOf('help@example.com', 'imap')).toEqual({ imap: { host: 'imap.example.com', port: 993, user: 'help@example.com', security: 'tls' }, smtp: { host: 'smtp.example.com', port: 587, user: 'help@example.com', security: 'starttls' } });
  expect(serversOf('a@naver.com', 'imap').imap.host).toBe('imap.naver.com');
  expect(serversOf('a@company.example', 'google').smtp).toMatchObject({ host: 'smtp.gmail.com', port: 465, security: 'tls' });
});

test('a secret that was not typed stays as it is stored', () => {
  const form = { ...formOf(null), address: 'a@example.com' };
  expect([credentialsOf(form), reachOf(form).credentials]).toEqual([undefined, undefined]);
  expect(credentialsOf({ ...form, password: 'x' })).toEqual({ kind: 'password', password: 'x' });
  expect(credentialsOf({ ...form, signIn: 'oauth2', home: 'microsoft', clientId: 'c', refreshToken: ' r ' })).toEqual({ kind: 'oauth2', provider: 'microsoft', clientId: 'c', clientSecret: '', refreshToken: 'r' });
});

test('mail that is forwarded to us is fetched nowhere, and leaves by the installation\'s server unless it has its own', () => {
  expect(reachOf({ ...formOf(null), home: 'listener', ownSmtp: false })).toEqual({ imap: null, smtp: null });
});
