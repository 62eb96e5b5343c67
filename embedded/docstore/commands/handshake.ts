import { Double, doc } from '../bson/value';
import type { Doc, Value } from '../bson/value';
import { fail } from '../errors';
import { MAX_MESSAGE } from '../wire/codec';
import { okReply } from './reply';
import { MOST_WRITES } from './request';
import type { Command, Request } from './request';

/** What this store says it is: a standalone server of version 7.0. */
const VERSION = '7.0.0';
const WIRE_VERSION = 21;
let connections = 0;

function hello({ name, body }: Request): Doc {
  return okReply({
    ...(body.get('helloOk') === true ? { helloOk: true } : {}),
    ...(name !== 'hello' ? { ismaster: true } : { isWritablePrimary: true }),
    maxBsonObjectSize: 16 * 1024 * 1024, maxMessageSizeBytes: MAX_MESSAGE, maxWriteBatchSize: MOST_WRITES, localTime: new Date(),
    logicalSessionTimeoutMinutes: 30, connectionId: ++connections, minWireVersion: 0, maxWireVersion: WIRE_VERSION, readOnly: false,
  });
}

function buildInfo(): Doc {
  return okReply({
    version: VERSION, gitVersion: 'embedded', modules: [], versionArray: [7, 0, 0, 0], bits: 64, debug: false, maxBsonObjectSize: 16 * 1024 * 1024,
    storageEngines: ['lmdb'], ...{ trunklineDocstore: true },
  });
}

function serverStatus({ store }: Request): Doc {
  const memory = process.memoryUsage();
  return okReply({
    host: 'localhost', version: VERSION, process: 'docstore', pid: BigInt(process.pid), uptime: new Double((Date.now() - store.startedAt) / 1000),
    localTime: new Date(), mem: doc({ resident: Math.round(memory.rss / 1048576), bits: 64 }), storageEngine: doc({ name: 'lmdb', persistent: true }),
    metrics: doc({
      commands: doc(Object.fromEntries([...store.tally.byCommand].map(([name, total]) => [name, doc({ total: new Double(total) })]))),
      collections: doc(Object.fromEntries([...store.tally.byCollection].map(([name, total]) => [name, new Double(total)]))),
      commits: new Double(store.environment.commits), flushes: new Double(store.environment.flushes),
    }),
  });
}

const ok: Command = { fields: [], run: () => okReply(), lenient: true };

function getParameter({ body }: Request): Doc {
  const known: Record<string, Value> = { featureCompatibilityVersion: doc({ version: '7.0' }), authenticationMechanisms: [], requireApiVersion: false };
  const wanted = [...body.keys()].filter((name) => Object.hasOwn(known, name));
  if (body.get('getParameter') === '*') wanted.push(...Object.keys(known));
  if (wanted.length === 0) fail(72, 'no option found to get');
  return okReply(Object.fromEntries(wanted.map((name) => [name, known[name]])));
}

const searchIndexes: Command = {
  fields: [], lenient: true,
  run: () => fail(31082, 'Using Atlas Search Database Commands and the $listSearchIndexes aggregation stage requires additional configuration that this store does not have.'),
};

/** The commands that are about the server itself. */
export const handshakeCommands: Record<string, Command> = {
  hello: { fields: [], run: hello, lenient: true }, ismaster: { fields: [], run: hello, lenient: true }, isMaster: { fields: [], run: hello, lenient: true },
  ping: { fields: [], run: () => okReply() },
  buildInfo: { fields: [], run: buildInfo }, buildinfo: { fields: [], run: buildInfo },
  endSessions: ok, startSession: { fields: [], run: () => okReply({ timeoutMinutes: 30 }) }, refreshSessions: ok, killSessions: ok, killAllSessions: ok,
  serverStatus: { fields: [], run: serverStatus, lenient: true },
  connectionStatus: { fields: ['showPrivileges'], run: () => okReply({ authInfo: doc({ authenticatedUsers: [], authenticatedUserRoles: [] }) }) },
  getParameter: { fields: [], run: getParameter, lenient: true },
  getCmdLineOpts: { fields: [], run: () => okReply({ argv: [], parsed: doc({}) }) },
  hostInfo: { fields: [], run: () => okReply({ system: doc({ hostname: 'localhost' }) }) },
  getLog: { fields: [], run: () => okReply({ totalLinesWritten: 0, log: [] }), lenient: true },
  whatsmyuri: { fields: [], run: () => okReply({ you: '127.0.0.1:0' }) },
  createSearchIndexes: searchIndexes, updateSearchIndex: searchIndexes, dropSearchIndex: searchIndexes, listSearchIndexes: searchIndexes,
};
