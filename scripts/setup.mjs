// Runs before `npm start` and `npm test`: installs and builds what is missing, and nothing else. Needs no package. This file alone must also
// run on an old Node, to say so in one sentence: therefore no static import and no new syntax here; the steps live in scripts/setup/.
var wanted = [20, 19];
var parts = process.versions.node.split('.').map(Number);

if (parts[0] < wanted[0] || (parts[0] === wanted[0] && parts[1] < wanted[1])) {
  process.stderr.write('trunkline: Node ' + wanted.join('.') + ' or newer is needed, this is Node ' + process.versions.node + ': install a newer one from https://nodejs.org and try again.\n');
  process.exit(1);
} else {
  import('./setup/steps.mjs').then(function (steps) {
    return steps.setUp(process.argv[2] || 'start');
  }).catch(function (error) {
    process.stderr.write('trunkline: ' + (process.env.TRUNKLINE_DEBUG ? error.stack : error.message) + '\n');
    process.exit(1);
  });
}
