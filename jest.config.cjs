// Units run on all cores; journeys (a browser, several server processes) run one after the other: see scripts/test.mjs.
const swc = ['@swc/jest', {
  jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } } },
  module: { type: 'commonjs' },
}];
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.tsx?$': swc },
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.cache/', '/data/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/data/'],
};
module.exports = {
  projects: [
    { ...base, displayName: 'units', testMatch: ['<rootDir>/test/**/*.test.ts'], testPathIgnorePatterns: [...base.testPathIgnorePatterns, '/test/journeys/'] },
    { ...base, displayName: 'journeys', testMatch: ['<rootDir>/test/journeys/**/*.test.ts'] },
  ],
  maxWorkers: 2,
  testTimeout: 30000,
};
