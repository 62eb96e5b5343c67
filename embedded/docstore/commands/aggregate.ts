import { fail } from '../errors';
import { doc, isDoc } from '../bson/value';
import type { Doc, Value } from '../bson/value';
import { leading, parsePipeline, runPipeline } from '../aggregate/pipeline';
import type { Given } from '../aggregate/pipeline';
import { allBytes } from '../aggregate/stage';
import type { Place } from '../aggregate/stage';
import { writeOut } from '../aggregate/out';
import type { Steps } from '../store';
import { explainFind, findSpec, firstBatch } from './find';
import { writes } from './insert';
import { cursorReply } from './reply';
import { checkNamespace, notNegative, optionalDoc, refuseCollation, scopeOf, text } from './request';
import type { Command, Request } from './request';

interface Prepared {
  ns: string;
  stages: Given[];
  place: Place;
}

function prepare(request: Request): Prepared {
  const { body, db, store } = request;
  refuseCollation(body);
  const target = body.get('aggregate');
  const whole = target === 1 || typeof target !== 'string';
  const ns = whole ? `${db}.$cmd.aggregate` : checkNamespace(db, target);
  const stages = parsePipeline(body.get('pipeline'));
  const place: Place = { store, db, ns: whole ? undefined : ns, scope: scopeOf(body) ?? { vars: { name: 'NOW', value: new Date(), next: undefined } }, session: optionalDoc(body, 'lsid') };
  return { ns, stages, place };
}

function aggregate(request: Request): ReturnType<Command['run']> {
  const { body } = request;
  const prepared = prepare(request);
  if (body.get('explain') === true) return explainAggregate(request, 'queryPlanner');
  const cursor = body.get('cursor');
  if (!isDoc(cursor)) fail(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  const last = prepared.stages.at(-1);
  const batchSize = notNegative(cursor, 'batchSize');
  if (last && (last[0] === '$out' || last[0] === '$merge')) {
    return writes(function* (): Steps<Doc> {
      yield* writeOut(runPipeline(prepared.stages.slice(0, -1), prepared.place, body.get('hint')), last, prepared.place);
      return cursorReply(0n, prepared.ns, { name: 'firstBatch', documents: [] });
    })(request);
  }
  return firstBatch(request, prepared.ns, { stream: allBytes(runPipeline(prepared.stages, prepared.place, body.get('hint'))), batchSize });
}

function* explainAggregate(request: Request, verbosity: string): Steps<Doc> {
  const { ns, stages, place } = prepare(request);
  const plan = yield* explainFind(request.store, ns, { spec: leading(stages, place.scope).spec, verbosity });
  return doc({ ...Object.fromEntries(plan), stages: [doc({ $cursor: doc({ queryPlanner: plan.get('queryPlanner') }) }), ...stages.map(([name, operand]): Value => doc({ [name]: operand }))] });
}

function explainModify(request: Request, name: string, verbosity: string): Steps<Doc> {
  const { body, store, db } = request;
  const list = body.get(name === 'update' ? 'updates' : 'deletes');
  const item = Array.isArray(list) && isDoc(list[0]) ? list[0] : undefined;
  const filter = name === 'findAndModify' ? optionalDoc(body, 'query') : item && optionalDoc(item, 'q');
  return explainFind(store, checkNamespace(db, text(body, name)), { spec: { filter: filter ?? new Map() }, verbosity });
}

function explain(request: Request): Steps<Doc> {
  const inner = request.body.get('explain');
  if (!isDoc(inner)) fail(14, "BSON field 'explain' is the wrong type, expected type 'object'");
  const given = request.body.get('verbosity');
  const verbosity = given === undefined ? 'allPlansExecution' : String(given);
  if (!['queryPlanner', 'executionStats', 'allPlansExecution'].includes(verbosity)) fail(2, `Enumeration value '${verbosity}' for field 'explain.verbosity' is not a valid value.`);
  const name = [...inner.keys()][0] ?? '';
  const nested: Request = { ...request, name, body: inner };
  const ns = (): string => checkNamespace(request.db, text(inner, name));
  switch (name) {
    case 'find': return explainFind(request.store, ns(), { spec: findSpec(inner), verbosity });
    case 'aggregate': return explainAggregate(nested, verbosity);
    case 'count': case 'distinct': return explainFind(request.store, ns(), { spec: { filter: optionalDoc(inner, 'query') ?? new Map() }, verbosity });
    case 'update': case 'delete': case 'findAndModify': return explainModify(nested, name, verbosity);
    default: return fail(59, `Explain failed due to unknown command: ${name}`);
  }
}

/** aggregate and explain. */
export const aggregateCommands: Record<string, Command> = {
  aggregate: {
    fields: ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'hint', 'collation', 'let', 'isMapReduceCommand'], run: aggregate,
  },
  explain: { fields: ['verbosity'], run: explain },
};
