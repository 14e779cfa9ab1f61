/** What every engine is for the others: files beside the folders of the engines. */
const CONTRACT = 'dialects/[a-z]+\\.ts'

/** The house's plan: who may import whom. What is not listed here is an error; `src/answer-word.ts`, `src/compiled-code/keep.ts`, `src/errors.ts`, `src/import-module.ts`, `src/node-crypto.ts`, `src/shared-file.ts`, `src/shell-word.ts`, `src/syntax-place.ts`, `src/user-name.ts` and `src/v8-flags.ts` are open to all. */
const allowed = {
  'compiled-code': [],
  schema: [],
  revisions: [],
  operations: ['schema'],
  vocabulary: ['schema', 'operations', CONTRACT],
  models: ['schema', 'vocabulary'],
  compare: ['schema', 'operations'],
  dialects: ['schema', 'operations', CONTRACT],
  scripts: ['schema', 'operations', 'revisions', 'vocabulary', CONTRACT],
  plan: ['schema', 'operations', 'revisions', 'vocabulary', 'scripts', CONTRACT],
  safety: ['schema', 'operations', 'revisions', 'vocabulary', 'scripts', 'plan', CONTRACT],
  runner: ['schema', 'operations', 'revisions', 'vocabulary', 'scripts', 'plan', CONTRACT],
  project: ['schema', 'dialects', 'vocabulary/client'],
  workflows: [
    'schema',
    'revisions',
    'operations',
    'vocabulary',
    'models',
    'compare',
    'dialects',
    'scripts',
    'plan',
    'safety',
    'runner',
    'project',
  ],
  host: ['workflows', 'project'],
  present: [
    'schema',
    'revisions',
    'operations',
    'compare',
    'plan',
    'safety',
    'runner',
    'workflows/documents',
  ],
  lessons: ['workflows', 'project'],
  cli: [
    'workflows',
    'scripts/process-guard',
    'project',
    'present',
    'lessons',
    'tui',
    'host/fork-host',
  ],
}

const folders = Object.entries(allowed).map(([folder, targets]) => ({
  name: `${folder}-imports-only-what-the-plan-allows`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    path: '^src/',
    pathNot: [
      '^src/(answer-word|compiled-code/keep|errors|import-module|node-crypto|shared-file|shell-word|syntax-place|user-name|v8-flags)\\.ts$',
      `^src/${folder}/`,
      ...targets.map((target) => `^src/${target}`),
    ],
  },
}))

/** The screens may know the types of everything; what they run themselves is little. */
const screens = [
  {
    name: 'tui-runs-only-what-the-plan-allows',
    from: { path: '^src/tui/', pathNot: '^src/tui/effects' },
    values: ['present', 'lessons'],
  },
  {
    name: 'only-effects-of-the-tui-run-the-host',
    from: { path: '^src/tui/effects' },
    values: ['present', 'lessons', 'host'],
  },
].map(({ name, from, values }) => ({
  name,
  severity: 'error',
  from,
  to: {
    path: '^src/',
    pathNot: [
      '^src/(answer-word|compiled-code/keep|errors|node-crypto|shared-file|shell-word|syntax-place|user-name|v8-flags)\\.ts$',
      '^src/tui/',
      ...values.map((folder) => `^src/${folder}/`),
    ],
    dependencyTypesNot: ['type-only'],
  },
}))

module.exports = {
  forbidden: [
    ...folders,
    ...screens,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'a-dialect-does-not-know-another',
      severity: 'error',
      from: { path: '^src/dialects/([^/]+)/' },
      to: { path: '^src/dialects/[^/]+/', pathNot: '^src/dialects/$1/' },
    },
    {
      name: 'drivers-knex-and-objection-come-from-the-project',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        path: '(^|/)node_modules/(knex|objection|better-sqlite3|sqlite3|pg|mysql2)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'ink-and-react-only-in-the-tui',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/tui/' },
      to: { path: '(^|/)node_modules/(ink|react)/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node'],
    },
  },
}
