// How the tests run: TypeScript through swc, native ES modules, four projects of which each can be run alone.
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};
const withServers = { globalSetup: '<rootDir>/test/servers/start.js', globalTeardown: '<rootDir>/test/servers/stop.js' };
const needServers = ['integration', 'long'];
export const project = (name) => ({
  ...common,
  ...(needServers.includes(name) ? withServers : {}),
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
});

export default {
  projects: ['domain', 'connectors', 'integration', 'e2e'].map(project),
  testTimeout: 60_000,
  maxWorkers: 2,
};
