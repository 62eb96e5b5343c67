import { addressesIn, blankDraft, isBlank } from '../../../../agent-console/lib/drafts';
import { askedFor, isMeant } from '../../../../agent-console/features/ticket/suggest';

test('a slash after a space or at the beginning asks for canned answers, one inside a word or an address does not', () => {
  const both = ['/', '@'] as const;
  expect(askedFor('/', both)).toEqual({ trigger: '/', word: '' });
  expect(askedFor('Hello /ref', both)).toEqual({ trigger: '/', word: 'ref' });
  expect(askedFor('see https://example.org/ref', both)).toBeNull();
  expect(askedFor('write to nina@cus', both)).toBeNull();
  expect(askedFor('What do you think @민', both)).toEqual({ trigger: '@', word: '민' });
  expect(askedFor('@kim', ['/'])).toBeNull();
});

test('a colleague is found by any part of the name', () => {
  expect([isMeant('min', 'Kim Min-jun'), isMeant('KIM', 'Kim Min-jun'), isMeant('jun', 'Kim Min-jun'), isMeant('', 'Anybody')]).toEqual([true, true, false, true]);
});

test('addresses are taken as people paste them: with names, separators and capitals, each once', () => {
  expect(addressesIn('Nina Okafor <Nina@Customers.example>, boss@x.example; nina@customers.example\n(cc: it@x.example)')).toEqual(['nina@customers.example', 'boss@x.example', 'it@x.example']);
  expect(addressesIn('nobody here')).toEqual([]);
});

test('a draft with only copies or only a picture is none to throw away', () => {
  expect([isBlank(blankDraft), isBlank({ ...blankDraft, cc: 'a@x.example' }), isBlank({ ...blankDraft, html: '<p><img src="/files/1"></p>' }), isBlank({ ...blankDraft, mode: 'forward' })]).toEqual([true, false, false, false]);
});
