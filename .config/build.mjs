/** Builds `dist`: the program and the library as bundles, and the types of what is public. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import ts from 'typescript'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** What is public, and what the program starts. */
const ENTRIES = {
  cli: 'src/cli/main.ts',
  index: 'src/index.ts',
  'models-child': 'src/models/child.ts',
  operations: 'src/vocabulary/functions.ts',
}

/** Whose types a user of the library sees. */
const TYPED = ['src/index.ts', 'src/vocabulary/functions.ts']

/** Loaded at run time from the project, or from our own dependencies. */
const EXTERNAL = [
  'better-sqlite3',
  'esbuild',
  'jiti',
  'knex',
  'mysql2',
  'objection',
  'pg',
  'sqlite3',
  'tsx',
]

/** Commander can start programs of its own, which is not used: its part of Node costs 3 ms at every start. */
const noSubprograms = {
  name: 'no-subprograms',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'no-subprograms' } : null,
    )
    onLoad({ filter: /./, namespace: 'no-subprograms' }, () => ({ contents: '' }))
  },
}

const present = (path) => {
  const isThere = existsSync(join(root, path))
  if (!isThere) console.log(`${path} is not there yet`)
  return isThere
}

async function bundle(outdir) {
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(ENTRIES).filter(([, path]) => present(path))),
    outdir,
    bundle: true,
    splitting: true,
    // Chunks lie beside the entries: what looks for a file beside itself finds it from both.
    chunkNames: 'chunk-[hash]',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: EXTERNAL,
    // Bundled CommonJS packages ask for Node's own modules with `require`.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    plugins: [noSubprograms],
    // Half the bytes to read at every start; names stay for stacks.
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'warning',
  })
}

/** Declarations of the public entries and of all that they name. */
function declare(outdir) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const entries = TYPED.filter(present).map((path) => join(root, path))
  const program = ts.createProgram(entries, {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: join(root, 'src'),
    outDir: outdir,
  })
  const files = new Map()
  const { diagnostics } = program.emit(undefined, (path, text) => files.set(resolve(path), text))
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics]
  if (problems.length > 0) {
    throw new Error(ts.formatDiagnostics(problems, ts.createCompilerHost(options)))
  }
  const start = entries.map((path) =>
    join(outdir, relative(join(root, 'src'), path)).replace(/\.ts$/, '.d.ts'),
  )
  for (const path of named(start, files)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, files.get(path))
  }
}

/** The declarations that are reached from those, by their imports. */
function named(start, files) {
  const reached = new Set()
  const open = [...start]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path) || !files.has(path)) continue
    reached.add(path)
    for (const [, from] of files.get(path).matchAll(/(?:from|import\()\s*'(\.[^']+)\.js'/g)) {
      open.push(resolve(dirname(path), `${from}.d.ts`))
    }
  }
  return reached
}

const outdir = join(root, 'dist')
rmSync(outdir, { recursive: true, force: true })
await bundle(outdir)
if (!process.argv.includes('--no-types')) declare(join(outdir, 'types'))
