// Loaded into the server before its own code: collects garbage when it is told to (SIGUSR2), so that memory held can be told from memory not yet
// given back.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
process.on('SIGUSR2', () => {
  collect();
  setTimeout(collect, 500);
});
