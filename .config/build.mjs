/** Builds `dist`: the program and the library as bundles, and the types of what is public. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import ts from 'typescript'
import { asCommonJs } from './common-js.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * What is started. Each group is built by itself: chunks that are shared between groups would be many
 * and small. As CommonJS, since Node takes twice as long to load an ES module.
 */
const PROGRAMS = [
  { cli: 'src/cli/main.ts' },
  { 'models-child': 'src/models/child.ts' },
  { host: 'src/host/host-main.ts' },
]

/** What is imported: by the projects of others, and by the program to open the screens. */
const MODULES = [
  { index: 'src/index.ts', operations: 'src/vocabulary/functions.ts' },
  { tui: 'src/tui/open.ts' },
]

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

/**
 * React as it is meant to run: its development build is slower and keeps a measurement of every render.
 * Only there: our own code asks for the NODE_ENV that a project runs in. Ink's part for React's
 * development tools is left out, which are not installed.
 */
const productionReact = {
  name: 'production-react',
  setup({ onLoad }) {
    onLoad(
      { filter: /[\\/]node_modules[\\/](react|react-reconciler|scheduler)[\\/][^\\/]+\.js$/ },
      ({ path }) => ({
        contents: readFileSync(path, 'utf8').replaceAll('process.env.NODE_ENV', '"production"'),
      }),
    )
    onLoad({ filter: /[\\/]ink[\\/]build[\\/]devtools\.js$/ }, () => ({ contents: '' }))
  },
}

/** The screens are a bundle of their own, which the program loads only to open them. */
const screensApart = {
  name: 'screens-apart',
  setup({ onResolve }) {
    onResolve({ filter: /[\\/]tui[\\/]open\.js$/ }, ({ importer }) =>
      /[\\/]src[\\/]cli[\\/]/.test(importer) ? { path: './tui.js', external: true } : null,
    )
  },
}

/** Texts of the screens have their width already: four parts of Ink that work it out again are ours. */
const fittedTexts = {
  name: 'fitted-texts',
  setup({ onResolve }) {
    onResolve(
      { filter: /^(?:\.\/output\.js|\.\/measure-text\.js|\.\/wrap-text\.js|widest-line)$/ },
      ({ path, importer }) =>
        /[\\/]ink[\\/]build[\\/]/.test(importer)
          ? { path: join(root, 'src/tui/ink', `${path.replace(/^\.\/|\.js$/g, '')}.ts`) }
          : null,
    )
  },
}

/** Yoga lies in its own file as base64; it would have Node load all that belongs to `fetch` to read that. */
const yogaWithoutFetch = {
  name: 'yoga-without-fetch',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]yoga-wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: `const fetch = undefined\n${readFileSync(path, 'utf8')}`,
    }))
  },
}

const COMMON = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: EXTERNAL,
  plugins: [noSubprograms, productionReact, screensApart, fittedTexts, yogaWithoutFetch],
  jsx: 'automatic',
  // Half the bytes to read at every start; names stay for stacks.
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
}

/** Bundled CommonJS packages ask for Node's own modules with `require`. */
const OWN_REQUIRE =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"

async function bundle(outdir) {
  mkdirSync(outdir, { recursive: true })
  for (const entryPoints of PROGRAMS) {
    // What is an entry as well is a chunk of its own.
    const entries = { ...entryPoints, apart: 'src/import-module.ts' }
    for (const { path, text } of await chunked(entries, outdir, '.cjs')) {
      if (path.endsWith('apart.cjs')) continue
      writeFileSync(path, await asCommonJs(path, text, COMMON.target))
    }
  }
  for (const entryPoints of MODULES) {
    for (const { path, text } of await chunked(entryPoints, outdir, '.js')) {
      writeFileSync(path, withoutUnused(text))
    }
  }
  // Scripts written as CommonJS ask for it with `require`.
  await build({
    ...COMMON,
    entryPoints: { operations: 'src/vocabulary/functions.ts' },
    outdir,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
  })
}

/** Entries with what they share, as ES modules: only of those does esbuild make chunks. */
async function chunked(entryPoints, outdir, extension) {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints,
    outdir,
    write: false,
    splitting: true,
    // Chunks lie beside the entries: what looks for a file beside itself finds it from both.
    chunkNames: 'chunk-[hash]',
    outExtension: { '.js': extension },
    format: 'esm',
    ...(extension === '.js' ? { banner: { js: OWN_REQUIRE } } : {}),
  })
  return outputFiles
}

/** Takes the `require` out of where none is asked for: making one costs at every start. */
function withoutUnused(text) {
  const rest = text.replace(`${OWN_REQUIRE}\n`, '')
  // esbuild's own way of asking for it.
  return rest.includes('typeof require') ? text : rest
}

/** Declarations of the public entries and of all that they name. */
function declare(outdir) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const entries = TYPED.map((path) => join(root, path))
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
    write(path, files.get(path))
    // TypeScript takes a declaration for the kind of module that the package around it says.
    write(join(outdir, 'commonjs', relative(outdir, path)), files.get(path))
  }
  write(join(outdir, 'commonjs', 'package.json'), '{ "type": "commonjs" }\n')
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
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
