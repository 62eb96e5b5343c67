// `node scripts/knowledge-scores.mjs EVAL_FOLDER [--limit N] [--only search|topics]`: runs the scorers and prints the tables of docs/knowledge.md.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './setup/paths.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { limit: { type: 'string' }, only: { type: 'string' } } });
const [folder] = positionals;
if (!folder) {
  process.stderr.write('usage: node scripts/knowledge-scores.mjs EVAL_FOLDER [--limit N] [--only search|topics]\n');
  process.exit(1);
}
const program = join(root, 'bin', 'trunkline');
const intents = join(folder, '..', 'data', 'knowledge', 'intent');
const score = (script, args) => JSON.parse(execFileSync(process.execPath, [join(folder, script), ...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }).trim().split('\n').at(-1));
const say = (line) => process.stdout.write(`${line}\n`);

if (values.only !== 'topics') {
  say('| set | nDCG@10 | MRR@10 | P@1 | recall@5 |\n|---|---|---|---|---|');
  for (const set of ['cranfield-en', 'xquad-en', 'drcd-zh', 'xquad-de', 'xquad-zh']) {
    const { ndcg10, mrr10, p1, recall5 } = score('knowledge-search.mjs', [set, ...(values.limit ? ['--limit', values.limit] : []), '--', program, 'knowledge', 'search']);
    say(`| ${set} | ${ndcg10} | ${mrr10} | ${p1} | ${recall5} |`);
  }
}
if (values.only !== 'search') {
  say('\n| training → test | accuracy | best three | calibration error | out of scope |\n|---|---|---|---|---|');
  const file = (name) => join(intents, name);
  const clinc = ['--test', file('clinc150.val.jsonl'), '--oos', file('clinc150.oos-val.jsonl')];
  const banking = (name, ...more) => ['--train', file(`${name}.jsonl`), ...more, '--folds', '5'];
  const rows = [
    ['clinc150.train → val', ['--train', file('clinc150.train.jsonl'), ...clinc]],
    ['clinc150.train + oos-train → val', ['--train', `${file('clinc150.train.jsonl')},${file('clinc150.oos-train.jsonl')}`, ...clinc]],
    ['banking77.train10, 5 folds', banking('banking77.train10')],
    ['banking77.train, 10 per topic, 5 folds', banking('banking77.train', '--shots', '10')],
    ['banking77.train, 5 folds', banking('banking77.train')],
  ];
  for (const [name, args] of rows) {
    const { acc, acc3, ece10, oos } = score('intent.mjs', [...args, '--', program, 'knowledge', 'classify']);
    say(`| ${name} | ${acc} | ${acc3 ?? ''} | ${ece10 ?? ''} | ${oos ? `AUROC ${oos.auroc}, found ${oos.oos_recall}` : ''} |`);
  }
}
