import { worded } from '../../server/app/worded';

const words = { en: { subject: 'Hello {name}', text: '{name}: {link} {unknown}' }, ko: { subject: '{name}님', text: '{link}' } };

test('a mail is worded in the reader\'s language, else in English', () => {
  expect(worded(words, 'ko-KR', { name: 'Min', link: 'x' })).toEqual({ subject: 'Min님', text: 'x' });
  expect(worded(words, 'pt', { name: 'Ana', link: 'x' }).subject).toBe('Hello Ana');
});

test('what somebody is called is never taken for a place to fill', () => {
  expect(worded(words, 'en', { name: '{link} $& $1', link: 'https://help.example.com' })).toEqual({ subject: 'Hello {link} $& $1', text: '{link} $& $1: https://help.example.com {unknown}' });
});
