/** The direction of docs/architecture.md, as a file that runs. */
const layer = (name, mayImport) => ({
  name: `${name}-imports`,
  comment: `src/${name} may import only ${mayImport.join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: `^src/(${[name, ...mayImport].join('|')})(/|\\.ts$)` },
});

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
    layer('content', ['text']),
    layer('engine', ['text']),
    layer('store', ['content', 'text', 'generated']),
    layer('graphql', ['engine', 'store', 'text', 'generated']),
    layer('server', ['graphql', 'engine', 'store', 'config']),
    layer('cli', ['server', 'graphql', 'store', 'content', 'config']),
    {
      name: 'fs-at-the-edges',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(content/((read|select)-files|read-article-file|confirm-place)|store/|cli/|server/)',
      },
      to: { path: '^(node:)?fs', dependencyTypes: ['core'] },
    },
    {
      name: 'generated-only-where-it-serves',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(store/|generated/|graphql/builder)' },
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
