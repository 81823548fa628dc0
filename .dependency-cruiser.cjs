/** Dependencies point one way: apps → libs/<feature> → libs/tenancy → libs/core → nothing. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-stands-alone',
      severity: 'error',
      from: { path: '^libs/core/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|tools|test|libs/(?!core/))' },
    },
    {
      name: 'tenancy-reads-core-only',
      severity: 'error',
      from: { path: '^libs/tenancy/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|tools|test|libs/(?!core/|tenancy/))' },
    },
    {
      name: 'leads-reads-tenancy-and-core-only',
      severity: 'error',
      from: { path: '^libs/leads/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|tools|test|libs/exports/)' },
    },
    {
      name: 'exports-read-leads-through-one-port',
      comment: 'The one named arrow between features: libs/exports/src/leads-port.ts',
      severity: 'error',
      from: { path: '^libs/exports/', pathNot: ['^libs/exports/src/leads-port\\.ts$', '\\.spec\\.ts$'] },
      to: { path: '^libs/leads/' },
    },
    {
      name: 'the-client-stands-alone',
      comment: 'It is published: the API is all it knows',
      severity: 'error',
      from: { path: '^libs/client/' },
      to: { pathNot: '^libs/client/src/' },
    },
    {
      name: 'only-tests-use-the-client',
      severity: 'error',
      from: { path: '^(apps|tools|libs/(?!client/))', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/client/' },
    },
    {
      name: 'libs-know-no-app',
      severity: 'error',
      from: { path: '^libs/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|tools|test)/' },
    },
    {
      name: 'apps-do-not-import-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'apps-ship-without-tools',
      comment: 'tools/ is for development; production images leave it out',
      severity: 'error',
      from: { path: '^apps/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(tools|test)/' },
    },
    {
      name: 'libs-are-entered-by-their-index',
      severity: 'error',
      from: { path: '^(apps|tools)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)' },
    },
    {
      name: 'libs-enter-libs-by-their-index',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)', pathNot: '^libs/$1/' },
    },
    {
      name: 'gateway-has-no-sql',
      comment: 'Controllers go through services; SQL and entities live in libs',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: 'node_modules/(typeorm|pg|pg-copy-streams)/' },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['\\.spec\\.ts$', '/testing/'] },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: {
      conditionNames: ['types', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
}
