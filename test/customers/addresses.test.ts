import fc from 'fast-check';
import { countryFor, normalPhone } from '../../server/customers/address';
import { faultOf, mergeFields } from '../../server/customers/check-fields';
import { csvOf } from '../../server/kernel';
import { addressOf } from '../../server/customers/customer.presenter';
import { searchTerms, termsFilter } from '../../server/customers/terms';

describe('a telephone number', () => {
  it.each([
    ['030/1234567', '+49301234567'], ['0049 30/123 45 67', '+49301234567'], ['(030) 123-4567', '+49301234567'], ['+49 (0)30 1234567', '+49301234567'], ['tel:+49-30-1234567;ext=2', '+49301234567'],
    ['sip:+351912345678@pbx.example.com', '+351912345678'], ['+351 912 345 678', '+351912345678'], ['204', '204'], ['anonymous', 'anonymous'], ['', 'anonymous'], ['Restricted', 'anonymous'],
  ])('%s is %s in Germany', (text, normal) => expect(normalPhone(text, 'DE')).toBe(normal));

  it('has the country of the company\'s time zone, else of its language', () => {
    expect(countryFor({ timeZone: 'Europe/Lisbon', locale: 'en' })).toBe('PT');
    expect(countryFor({ timeZone: 'Asia/Kolkata', locale: 'en' })).toBe('IN');
    expect(countryFor({ timeZone: 'America/New_York', locale: 'es' })).toBe('US');
    expect(countryFor({ timeZone: 'UTC', locale: 'ko' })).toBe('KR');
    expect(countryFor({ timeZone: 'UTC', locale: 'en-GB' })).toBe('GB');
  });

  it('once normal, stays so', () => {
    fc.assert(fc.property(fc.stringMatching(/^[+0]?[0-9 ()/.-]{0,20}$/), (text) => {
      const normal = normalPhone(text, 'FR');
      return normalPhone(normal, 'FR') === normal || !normal.startsWith('+');
    }));
  });
});

describe('the search', () => {
  const matches = (q: string, ...texts: string[]): boolean => {
    const filter = termsFilter(q) as { $and: { terms: { $regex: string } }[] } | null;
    const terms = searchTerms(texts);
    return filter === null || filter.$and.every(({ terms: { $regex } }) => terms.some((term) => new RegExp($regex).test(term)));
  };

  it.each([['ana', true], ['ANA sil', true], ['silva@exam', true], ['example', true], ['912345678', true], ['+351 912 345 678', true], ['00351912345678', true], ['912 345', true], ['', true], ['rui', false], ['(', false], ['.*', false], ['9999999', false]])('%s → %s', (q, found) => {
    expect(matches(q, 'Ana Silva', 'ana.silva@example.com', '+351912345678')).toBe(found);
  });

  it('finds within names that have no spaces', () => {
    expect(matches('田中', '株式会社田中製作所')).toBe(true);
    expect(matches('김', '김민준')).toBe(true);
    expect(matches('민준', '김민준')).toBe(true);
  });

  it('never breaks on what is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (q, text) => { matches(q, text); }));
  });
});

describe('custom fields', () => {
  it.each([
    ['number', 3, true], ['number', '3', false], ['boolean', true, true], ['boolean', 'yes', false], ['date', '2026-02-28', true], ['date', '2026-02-30', false], ['date', '28.2.2026', false], ['date', 5, false],
    ['choice', 'red', true], ['choice', 'blue', false], ['text', 'x', true], ['text', 1, false], ['text', null, true],
  ] as const)('%s takes %s: %s', (type, value, good) => expect(faultOf({ type, choices: ['red'] }, value) === null).toBe(good));

  it('are changed one by one and taken away by null', () => {
    expect(mergeFields({ a: 1, b: 2 }, { b: null, c: true })).toEqual({ a: 1, c: true });
  });
});

describe('CSV', () => {
  it('quotes what needs it and disarms formulas', () => {
    expect(csvOf(['a', 'b'], [['=1+1', 'x,"y"'], ['+351912345678', -5], ['-5', null], ['@SUM(A1)', true], ['  =cmd', 'line\nbreak'], ['+cmd|calc', ' ']])).toBe([
      'a,b', '\'=1+1,"x,""y"""', '+351912345678,-5', '-5,', '\'@SUM(A1),true', '\'  =cmd,"line\nbreak"', '\'+cmd|calc," "', '',
    ].join('\r\n'));
  });

  it('never lets a text begin like a formula', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const cell = csvOf(['x'], [[text]]).slice(3).replace(/^"/, '');
      return !/^[=@|]/.test(cell) && (!/^[+-]/.test(cell) || /^[+-]\d+(\.\d+)?\r\n$/.test(cell));
    }));
  });
});

it('a customer is recognised by mail address before number before anything else, proven first', () => {
  const point = (kind: 'email' | 'phone' | 'visitor', value: string, verified = false) => ({ _id: value, companyId: 'c', customerId: 'x', kind, value, verified, first: true, createdAt: new Date() });
  expect(addressOf([point('visitor', 'v'), point('phone', '+1'), point('email', 'a'), point('email', 'b', true)])).toBe('b');
  expect(addressOf([point('visitor', 'v'), point('phone', '+1')])).toBe('+1');
  expect(addressOf([])).toBe('');
});
