/** The direction of docs/architecture.md, as a file that runs. */
const layer = (name, mayImport) => ({
  name: `${name}-imports`,
  comment: `src/${name} may import only ${mayImport.join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: `^src/(${[name, ...mayImport].join('|')})/` },
});

/**
 * What each room, a folder of a layer or a file beside them, may import of its own layer. It names only those above it, so that
 * rooms cannot come to lie in a circle. A layer's other files put its rooms together and may import them all.
 */
const ROOMS = {
  'text/keys': [],
  'text/syntax': [],
  'text/mdx': ['text/syntax'],
  'text/html': ['text/mdx', 'text/syntax'],

  'model/built-in': [],
  'model/kinds': [],
  'model/tables': ['model/built-in', 'model/kinds'],

  'content/values': [],
  'content/reading': ['content/values'],
  'content/problems': ['content/values', 'content/reading'],
  'content/read': ['content/problems'],
  'content/visibility': ['content/values', 'content/problems'],
  'content/paths': ['content/values', 'content/problems'],
  'content/article': ['content/values', 'content/problems', 'content/visibility', 'content/paths'],
  'content/fields': [
    'content/values',
    'content/reading',
    'content/problems',
    'content/visibility',
    'content/paths',
    'content/article',
  ],
  'content/own': [
    'content/values',
    'content/problems',
    'content/visibility',
    'content/paths',
    'content/article',
    'content/fields',
  ],
  'content/front-matter': ['content/values', 'content/problems', 'content/visibility', 'content/fields'],
  'content/find-keys': [
    'content/values',
    'content/reading',
    'content/problems',
    'content/read',
    'content/visibility',
    'content/paths',
    'content/fields',
    'content/front-matter',
  ],

  'store/show-path': [],
  'store/store-error': ['store/show-path'],
  'store/content-version': [],
  'store/content-format': [],
  'store/fair-queue': [],
  'store/rows': [],
  'store/read': ['store/fair-queue'],
  'store/load': ['store/store-error', 'store/rows'],
  'store/sync-report': ['store/content-version', 'store/load'],
  'store/migrations': [],
  'store/database': [],
  'store/sqlite/file': [
    'store/database',
    'store/show-path',
    'store/store-error',
    'store/read',
    'store/migrations',
  ],
  'store/sqlite/own': ['store/database', 'store/sqlite/file'],
  'store/sqlite/read': [
    'store/content-version',
    'store/content-format',
    'store/read',
    'store/sync-report',
    'store/sqlite/file',
  ],
  'store/sqlite/write': [
    'store/database',
    'store/content-version',
    'store/rows',
    'store/sync-report',
    'store/sqlite/file',
    'store/sqlite/own',
    'store/sqlite/read',
  ],
  'store/postgresql/connect': ['store/show-path', 'store/store-error', 'store/migrations'],
  'store/postgresql/own': ['store/postgresql/connect'],
  'store/postgresql/read': ['store/read', 'store/postgresql/connect'],
  'store/sync': [
    'store/database',
    'store/store-error',
    'store/content-version',
    'store/load',
    'store/sync-report',
    'store/content-format',
    'store/sqlite/file',
    'store/sqlite/own',
    'store/sqlite/write',
  ],
  'store/watch': [
    'store/store-error',
    'store/load',
    'store/sync-report',
    'store/sqlite/file',
    'store/sqlite/write',
    'store/sync',
  ],

  'engine/mapping': [],
  'engine/dialect': ['engine/mapping'],
  'engine/plan': ['engine/mapping', 'engine/dialect'],
  'engine/sql': ['engine/mapping', 'engine/plan'],
  'engine/filter': ['engine/mapping', 'engine/dialect', 'engine/plan', 'engine/sql'],
  'engine/page': ['engine/mapping', 'engine/plan', 'engine/sql', 'engine/filter'],
  'engine/compile': ['engine/mapping', 'engine/dialect', 'engine/plan', 'engine/sql', 'engine/page'],

  'graphql/or-abort': [],
  'graphql/purge-keys': [],
  'graphql/texts': ['graphql/or-abort'],
  'graphql/context': ['graphql/texts'],
  'graphql/operations': ['graphql/or-abort', 'graphql/context'],
  'graphql/pothos': ['graphql/context'],
  'graphql/builder': ['graphql/context', 'graphql/pothos'],
  'graphql/own': ['graphql/pothos', 'graphql/builder'],
  'graphql/types': [
    'graphql/purge-keys',
    'graphql/texts',
    'graphql/context',
    'graphql/pothos',
    'graphql/builder',
    'graphql/own',
  ],

  'server/http': [],
  'server/access': ['server/http'],
  'server/limits': ['server/http', 'server/access'],
  'server/operations': ['server/http'],
  'server/documents': ['server/http'],
  'server/yoga': ['server/http', 'server/access', 'server/limits', 'server/operations', 'server/documents'],
  'server/cache': ['server/http', 'server/access', 'server/operations', 'server/yoga'],
  'server/graphiql': ['server/http', 'server/cache'],

  'cli/output': [],
  'cli/process': ['cli/output'],
  'cli/settings': [],
  'cli/serve': ['cli/output', 'cli/process', 'cli/settings'],
  'cli/commands/doctor': ['cli/output', 'cli/process', 'cli/settings', 'cli/serve'],
  'cli/commands': ['cli/output', 'cli/process', 'cli/settings', 'cli/commands/doctor'],
};

const room = ([name, mayImport], index, all) => {
  const above = all.slice(0, index).map(([other]) => other);
  for (const other of mayImport) {
    if (!above.includes(other))
      throw new Error(`${name} may not import ${other}, which does not stand above it`);
  }
  return {
    name: `${name}-imports`,
    comment: `Of its layer, src/${name} may import only ${mayImport.join(', ') || 'itself'}`,
    severity: 'error',
    from: { path: `^src/${name}(/[^/]+|\\.ts)$` },
    to: {
      path: `^src/${name.split('/')[0]}/`,
      pathNot: `^src/(${[name, ...mayImport].join('|')})(/[^/]+|\\.ts)$`,
    },
  };
};

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    layer('text', []),
    layer('model', ['text']),
    layer('content', ['model', 'text']),
    layer('engine', ['text']),
    layer('store', ['content', 'model', 'text', 'generated']),
    layer('graphql', ['engine', 'store', 'model', 'text', 'generated']),
    layer('server', ['graphql', 'engine', 'store', 'model', 'config']),
    layer('cli', ['server', 'graphql', 'store', 'content', 'model', 'config']),
    ...Object.entries(ROOMS).map(room),
    {
      name: 'fs-at-the-edges',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(content/read|store|cli|server)/' },
      to: { path: '^(node:)?fs', dependencyTypes: ['core'] },
    },
    {
      name: 'generated-only-where-it-serves',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(store/|generated/|graphql/builder/)' },
      to: { path: '^src/generated/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
  },
};
