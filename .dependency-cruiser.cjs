/** The walls of the design. Each rule is seen red by a planted violation in tests/architecture/violations. */
const at = (path) => `^(?:tests/architecture/violations/)?${path}`;

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      from: { path: at('src/kernel/') },
      to: { pathNot: at('src/kernel/') },
    },
    {
      name: 'platform-knows-no-context',
      severity: 'error',
      from: { path: at('src/platform/') },
      to: { path: at('(modules/|src/[^/]+\\.ts$)') },
    },
    {
      name: 'contexts-meet-at-contracts',
      severity: 'error',
      from: { path: at('modules/([^/]+)/') },
      to: { path: at('modules/'), pathNot: [at('modules/$1/'), at('modules/[^/]+/contract\\.ts$')] },
    },
    {
      name: 'media-know-no-owner',
      comment: 'What recordings belong to is told to media by the app, in the words of their own contract.',
      severity: 'error',
      from: { path: at('modules/media/') },
      to: { path: at('modules/'), pathNot: at('modules/media/') },
    },
    {
      name: 'contract-imports-only-the-kernel',
      severity: 'error',
      from: { path: at('modules/[^/]+/contract\\.ts$') },
      to: { pathNot: [at('src/kernel/')] },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: at('modules/([^/]+)/domain/') },
      to: { pathNot: [at('modules/$1/domain/'), at('src/kernel/'), at('modules/[^/]+/contract\\.ts$')] },
    },
    {
      name: 'only-the-app-wires-modules',
      severity: 'error',
      from: { path: at('(src|modules)/'), pathNot: at('src/[^/]+\\.ts$') },
      to: { path: at('modules/([^/]+)/\\1\\.module\\.ts$') },
    },
    {
      name: 'one-file-knows-eventstoredb',
      severity: 'error',
      from: { path: at('(src|modules)/'), pathNot: at('src/platform/event-store/eventstoredb-client\\.ts$') },
      to: { path: '(^|node_modules/)@eventstore/db-client' },
    },
    {
      name: 'one-file-knows-s3',
      severity: 'error',
      from: { path: at('(src|modules)/'), pathNot: at('src/platform/object-storage/s3-bucket\\.ts$') },
      to: { path: '(^|node_modules/)@aws-sdk/' },
    },
    {
      name: 'front-end-knows-no-server',
      severity: 'error',
      from: { path: at('frontend/') },
      to: { path: at('(src|modules)/') },
    },
    {
      name: 'server-knows-no-front-end',
      severity: 'error',
      from: { path: at('(src|modules)/') },
      to: { path: at('frontend/') },
    },
    {
      name: 'customer-page-knows-no-agent',
      comment: 'Customers get what they need and no more: their page is small, and holds nothing of the helpdesk.',
      severity: 'error',
      from: { path: at('frontend/src/(routes/\\(customer\\)|lib/(recorder|i18n)|customer)') },
      to: { path: at('frontend/src/(routes/(\\(agent\\)|widget)|lib/agent)/') },
    },
    {
      name: 'agent-pages-know-no-recorder',
      severity: 'error',
      from: { path: at('frontend/src/(routes/(\\(agent\\)|widget)|lib/agent)/') },
      to: { path: at('frontend/src/(routes/\\(customer\\)|lib/recorder)/') },
    },
    {
      name: 'design-knows-nobody',
      severity: 'error',
      from: { path: at('frontend/src/lib/(design|i18n)/') },
      to: { path: at('frontend/src/'), pathNot: at('frontend/src/lib/(design|i18n)/') },
    },
    {
      name: 'api-client-knows-no-page',
      severity: 'error',
      from: { path: at('frontend/src/lib/api/') },
      to: { path: at('frontend/src/'), pathNot: at('frontend/src/lib/api/') },
    },
    {
      name: 'lib-knows-no-route',
      severity: 'error',
      from: { path: at('frontend/src/lib/') },
      to: { path: at('frontend/src/routes/') },
    },
    {
      name: 'composition-knows-doors-only',
      comment: 'The app wires contexts by their modules and contracts; what lies behind them is theirs.',
      severity: 'error',
      from: { path: at('src/[^/]+\\.ts$') },
      to: { path: at('modules/([^/]+)/'), pathNot: at('modules/[^/]+/([^/]+\\.module|contract)\\.ts$') },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^\\$app/', '^\\./\\$types', '^virtual:', '^\\./schema\\.js$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|frontend/(build|\\.svelte-kit))/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.svelte', '.json'],
    },
  },
};
