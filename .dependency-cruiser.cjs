// The import rules of the house: rooms may only look down, partners never at one another, one owner a package.
const only = (pkg, ...owners) => ({
  name: `one-owner-${pkg}`,
  severity: 'error',
  from: { path: '^(src|connectors)', pathNot: owners.map((owner) => `^${owner}`) },
  to: { path: `^node_modules/${pkg}(/|$)` },
});
const room = (name, ...below) => ({
  name: `${name}-looks-down`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: {
    path: '^(src|connectors|test|migrations)/',
    pathNot: [name, ...below].map((each) => (each.startsWith('connectors') ? `^${each}` : `^src/${each}/`)),
  },
});
module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    room('domain'),
    room('policies', 'domain'),
    room('storage', 'domain'),
    room('actions', 'storage', 'policies', 'domain'),
    room('events', 'actions', 'storage', 'domain'),
    room('callbacks', 'actions', 'storage', 'domain', 'connectors/contract/file-door.ts'),
    room('delivery', 'actions', 'storage', 'domain', 'connectors/contract'),
    room('reporting', 'storage', 'policies', 'domain', 'connectors/bureau-file.ts'),
    room('clock', 'actions', 'storage', 'domain'),
    room('graphql', 'actions', 'storage', 'policies', 'domain'),
    room('sandbox', 'domain'),
    room('conformance', 'domain', 'connectors/contract'),
    { name: 'connectors-know-no-src', severity: 'error', from: { path: '^connectors/' }, to: { path: '^(src|test|migrations)/' } },
    {
      name: 'no-partner-knows-another',
      severity: 'error',
      from: { path: '^connectors/([^/]+/[^/]+)/' },
      // A format that several partners write is no partner.
      to: { path: '^connectors/[^/]+/', pathNot: ['^connectors/$1/', '^connectors/contract/', '^connectors/law-firm/ledes/'] },
    },
    { name: 'nobody-imports-main', severity: 'error', from: { pathNot: '^src/main' }, to: { path: '^src/main' } },
    {
      name: 'only-main-starts-the-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main', '^src/sandbox/'] },
      to: { path: '^src/sandbox/' },
    },
    { name: 'product-knows-no-test', severity: 'error', from: { path: '^(src|connectors)/' }, to: { path: '^test/' } },
    only('axios', 'connectors/http\\.ts'),
    only('opossum', 'connectors/breaker\\.ts'),
    only('kafkajs', 'src/events/'),
    only('ssh2-sftp-client', 'connectors/sftp\\.ts'),
    only('pg', 'src/storage/'),
    only('kysely', 'src/storage/'),
    only('@mikro-orm', 'src/storage/'),
    only('type-graphql', 'src/graphql/'),
    only('@apollo/server', 'src/graphql/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
