import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { abilities, accessEndpoints, brandEndpoints, channelEndpoints, customerEndpoints, problems, routingRuleEndpoints, serviceLevelEndpoints, workforceEndpoints, writingEndpoints } from '../../protocol';
import { commands } from '../../agent-console/lib/shortcuts';
import { consoleSources, folder } from './sources';

const languages = ['en', 'ko', 'zh', 'ja'];
const texts = Object.fromEntries(languages.map((language) => [language, JSON.parse(readFileSync(join(folder, 'locales', `${language}.json`), 'utf8')) as Record<string, string>]));
const english = texts.en ?? {};
const base = (key: string): string => key.replace(/_(one|other|few|many|two|zero)$/, '');
const basesOf = (language: string): string[] => [...new Set(Object.keys(texts[language] ?? {}).map(base))].sort();
const parameters = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();

test.each(languages)('%s has every key and no other', (language) => expect(basesOf(language)).toEqual(basesOf('en')));

test.each(languages)('%s has every plural form it needs and no empty text', (language) => {
  const own = texts[language] ?? {};
  const plural = [...new Set(Object.keys(english).filter((key) => key !== base(key)).map(base))];
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const key of plural) for (const form of forms) expect(own).toHaveProperty([`${key}_${form}`]);
  expect(Object.entries(own).filter(([, text]) => !text.trim())).toEqual([]);
});

test.each(languages)('%s uses the same parameters as English', (language) => {
  const wrong = Object.entries(texts[language] ?? {}).filter(([key, text]) => {
    const model = english[key] ?? english[`${base(key)}_other`] ?? '';
    return parameters(text).join() !== parameters(model).join();
  });
  expect(wrong).toEqual([]);
});

test('every problem, ability and command has words', () => {
  const needed = [...Object.keys(problems).map((code) => `problem.${code}`), 'problem.network', ...abilities.map((ability) => `ability.${ability}`), ...Object.keys(commands).map((command) => `command.${command}`)];
  expect(needed.filter((key) => !(key in english))).toEqual([]);
});

test('the audit log has words for every act it keeps, and for every setting that changes', () => {
  const kept = readdirSync(join(folder, '..', 'server'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(folder, '..', 'server', name), 'utf8')).filter((text) => /\baudit\(/.test(text));
  const acts = kept.flatMap((text) => [...text.matchAll(/action: (?:[^,'\n]*\? )?'([a-z-]+\.[a-z-]+)'(?: : '([a-z-]+\.[a-z-]+)')?/g)].flatMap(([, one, other]) => [one, other]).filter((act) => act !== undefined));
  const { company, changeAccount, putRole } = accessEndpoints;
  const bodies = [company, changeAccount, putRole, brandEndpoints.change, channelEndpoints.changeMailbox, channelEndpoints.changeWidget, channelEndpoints.changeSources, customerEndpoints.putField, routingRuleEndpoints.putRules, serviceLevelEndpoints.changeHours, serviceLevelEndpoints.putServiceLevel, workforceEndpoints.changeQueue, workforceEndpoints.changeAgent, workforceEndpoints.putReasons, workforceEndpoints.putWeights, workforceEndpoints.putDispositions, writingEndpoints.putQueueWriting];
  const settings = bodies.flatMap(({ body }) => (body instanceof z.ZodObject ? Object.keys(body.shape) : [])).filter((name) => name !== 'version');
  expect([acts.length > 45, settings.length > 60]).toEqual([true, true]);
  expect([...acts.map((act) => `audit.did.${act}`), ...settings.map((name) => `audit.field.${name}`)].filter((key) => !(key in english))).toEqual([]);
});

test('every key asked for in the sources exists', () => {
  const known = new Set(basesOf('en'));
  const asked = consoleSources().flatMap(({ name, text }) => [...text.matchAll(/\bt\((?:[^()'`]*\? )?'([^']+)'(?: : '([^']+)')?/g)].flatMap((match) => [match[1], match[2]].filter((key): key is string => key !== undefined).map((key) => ({ name, key }))));
  expect(asked.length).toBeGreaterThan(300);
  expect(asked.filter(({ key }) => !known.has(key))).toEqual([]);
});

test('every key is used', () => {
  const all = consoleSources().map(({ text }) => text).join('\n');
  const literal = new Set([...all.matchAll(/'([a-z][\w-]*(?:\.[\w-]+)*)'/g)].map((match) => match[1]));
  const prefixes = [...all.matchAll(/`([a-z-]+(?:\.[a-z-]+)*\.)\$\{/g)].map((match) => match[1] ?? '');
  expect(basesOf('en').filter((key) => !literal.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)))).toEqual([]);
});

test('no text shouts or boasts', () => expect(Object.values(english).filter((text) => /!|successfully/i.test(text))).toEqual([]));
