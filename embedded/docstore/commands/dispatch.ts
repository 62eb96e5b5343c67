import { asStoreError, fail } from '../errors';
import type { Doc } from '../bson/value';
import { runSteps } from '../store';
import type { Steps, Store } from '../store';
import type { Message } from '../wire/codec';
import { aggregateCommands } from './aggregate';
import { catalogCommands } from './catalog';
import { findCommands } from './find';
import { handshakeCommands } from './handshake';
import { insertCommand } from './insert';
import { errorReply } from './reply';
import { notNegative, optionalDoc } from './request';
import type { Command, Request } from './request';
import { updateCommands } from './update';

const commands = new Map<string, Command>(Object.entries({
  ...handshakeCommands, ...findCommands, ...updateCommands, ...aggregateCommands, ...catalogCommands, insert: insertCommand,
}));

/** What every command may carry. */
const common = new Set(['$db', 'lsid', '$clusterTime', '$readPreference', 'readConcern', 'writeConcern', 'comment', 'maxTimeMS', 'apiVersion', 'apiStrict',
  'apiDeprecationErrors', '$query', 'helloOk', 'maxTimeMSOpOnly']);
const writing = new Set(['insert', 'aggregate', ...Object.keys(updateCommands), ...Object.keys(catalogCommands).filter((name) => !name.startsWith('list'))]);
const transactional = ['txnNumber', 'autocommit', 'startTransaction'];
const unsupported = new Set(['mapReduce', 'mapreduce', 'collStats', 'dbStats', 'dbstats', 'validate', 'compact', 'convertToCapped', 'renameCollection', 'saslStart', 'saslContinue', 'logout', 'createUser', 'dropUser',
  'currentOp', 'killOp', 'profile', 'commitTransaction', 'abortTransaction', 'replSetGetStatus', 'setParameter', 'fsync', 'reIndex', 'cloneCollectionAsCapped', 'usersInfo']);

function check(name: string, command: Command, body: Doc): void {
  for (const field of body.keys()) {
    if (field === name || common.has(field) || command.lenient || command.fields.includes(field)) continue;
    if (transactional.includes(field)) fail(20, 'Transaction numbers are only allowed on a replica set member or mongos');
    fail(40415, `BSON field '${name}.${field}' is an unknown field.`);
  }
  if (body.has('writeConcern') && !writing.has(name) && !command.lenient) fail(72, 'Command does not support writeConcern');
  if (body.has('apiVersion') && body.get('apiVersion') !== '1') fail(322, "Provided apiVersion is not supported; '1' is");
  const concern = optionalDoc(body, 'readConcern');
  const level = concern?.get('level');
  for (const field of concern?.keys() ?? []) {
    if (['afterClusterTime', 'atClusterTime', 'afterOpTime'].includes(field)) fail(72, `Cannot specify readConcern ${field} on a standalone mongod`);
    if (field !== 'level' && field !== 'provenance') fail(40415, `BSON field 'readConcern.${field}' is an unknown field.`);
  }
  if (level === 'snapshot' || level === 'linearizable') fail(123, `node needs to be a replica set member to use read concern level ${level}`);
  if (level !== undefined && level !== 'snapshot' && !['local', 'available', 'majority'].includes(String(level))) fail(2, `Enumeration value '${String(level)}' for field 'readConcern.level' is not a valid value.`);
}

function deadlineOf(body: Doc): number {
  const limit = notNegative(body, 'maxTimeMS') ?? 0;
  return limit === 0 ? Infinity : performance.now() + limit;
}

function isSteps(result: Doc | Promise<Doc> | Steps<Doc>): result is Steps<Doc> {
  return typeof (result as Steps<Doc>).next === 'function';
}

function execute(store: Store, message: Message): Doc | Promise<Doc> {
  const { body } = message;
  const first = body.keys().next();
  const name = first.done ? '' : first.value;
  const command = commands.get(name);
  if (!command) {
    if (unsupported.has(name)) fail(name.endsWith('Transaction') ? 20 : 238, `the command ${name} is not supported by this store`);
    fail(59, `no such command: '${name}'`);
  }
  if (message.opcode !== 2013 && !/^(hello|ismaster)$/i.test(name)) fail(352, `Unsupported OP_QUERY command: ${name}. The client driver may require an upgrade.`);
  check(name, command, body);
  store.tally.count(name, body.get(name));
  const db = body.get('$db');
  if (typeof db !== 'string') fail(40414, "BSON field '$db' is missing but a required field");
  const request: Request = { store, name, db, body, message, deadline: deadlineOf(body) };
  const result = command.run(request);
  return isSteps(result) ? runSteps(result, request.deadline) : result;
}

/** Answers one message; whatever goes wrong becomes an error with a code. */
export function dispatch(store: Store, message: Message): Doc | Promise<Doc> {
  try {
    const reply = execute(store, message);
    return reply instanceof Promise ? reply.catch((error: unknown) => errorReply(asStoreError(error))) : reply;
  } catch (error) {
    return errorReply(asStoreError(error));
  }
}
