/** Translates a configuration written in TypeScript, with the files it imports by path, and keeps the result. */
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { isBuiltin } from 'node:module'
import { homedir, platform, tmpdir } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Loader, OnLoadArgs, OnLoadResult, Plugin } from 'esbuild'
import { packageVersion } from './package-folder.js'
import { nodeCrypto } from '../node-crypto.js'

/** Which files a translation was made from, and where it lies. */
interface CacheEntry {
  readonly inputs: Readonly<Record<string, string>>
  readonly output: string
}

/**
 * The path of a JavaScript file that does what the TypeScript file at `path` does. esbuild is
 * loaded only when the file, or one that it imports by path, has changed since.
 * @throws esbuild's `BuildFailure`, with the place of a syntax error
 */
export async function bundledPath(path: string): Promise<string> {
  const folder = cacheFolder()
  if (folder === null)
    return writeBundle(await bundle(path), mkdtempSync(join(tmpdir(), 'migrate-tui-')))
  const entryPath = join(folder, `${digest(`${packageVersion()}\n${path}`)}.json`)
  const cached = readEntry(entryPath)
  if (cached !== null && isFresh(cached)) return cached.output
  const bundled = await bundle(path)
  const output = writeBundle(bundled, folder)
  const entry: CacheEntry = { inputs: hashesOf(bundled.inputs), output }
  writeWhole(entryPath, JSON.stringify(entry))
  return output
}

function writeBundle({ code, extension }: Bundle, folder: string): string {
  const output = join(folder, `${digest(code)}.${extension}`)
  writeWhole(output, code)
  return output
}

/**
 * Outside the project: a command that only reads leaves no file in it. Null where this user has no
 * place for a cache, as in some containers.
 */
function cacheFolder(): string | null {
  const base =
    process.env.XDG_CACHE_HOME ??
    (platform() === 'win32' ? process.env.LOCALAPPDATA : undefined) ??
    join(homedir(), '.cache')
  const folder = join(base, 'migrate-tui', 'config')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
    return folder
  } catch {
    return null
  }
}

function readEntry(path: string): CacheEntry | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    // Written by us alone; a half-written file does not parse.
    return value as CacheEntry
  } catch {
    return null
  }
}

function isFresh(entry: CacheEntry): boolean {
  try {
    readFileSync(entry.output)
    return Object.entries(entry.inputs).every(
      ([path, hash]) => digest(readFileSync(path, 'utf8')) === hash,
    )
  } catch {
    return false
  }
}

function hashesOf(paths: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(paths.map((path) => [path, digest(readFileSync(path, 'utf8'))]))
}

/** Nobody sees half a file, and nobody else may read it: a configuration can hold a password. */
function writeWhole(path: string, text: string): void {
  const partial = `${path}.${String(process.pid)}`
  writeFileSync(partial, text, { mode: 0o600 })
  renameSync(partial, path)
}

function digest(text: string): string {
  return nodeCrypto().createHash('sha256').update(text).digest('hex').slice(0, 32)
}

interface Bundle {
  readonly code: string
  /** Absolute paths. */
  readonly inputs: readonly string[]
  readonly extension: 'mjs' | 'cjs'
}

async function bundle(path: string): Promise<Bundle> {
  const { build } = await import('esbuild')
  // `module.exports = …` after an `import` is what Knex's own template and ts-node allow.
  const isCommonJs = /\bmodule\.exports\b/.test(readFileSync(path, 'utf8'))
  const result = await build({
    entryPoints: [path],
    absWorkingDir: dirname(path),
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node20',
    format: isCommonJs ? 'cjs' : 'esm',
    logLevel: 'silent',
    keepNames: true,
    define: {
      'import.meta.url': '__file_url',
      'import.meta.filename': '__file_path',
      'import.meta.dirname': '__file_folder',
      __filename: '__file_path',
      __dirname: '__file_folder',
    },
    banner: { js: requireFrom(path, isCommonJs) },
    plugins: [packagesStayOutside(isCommonJs), filesKeepTheirPlace],
  })
  return {
    code: result.outputFiles.map(({ text }) => text).join('\n'),
    inputs: Object.keys(result.metafile.inputs).map((input) => resolve(dirname(path), input)),
    extension: isCommonJs ? 'cjs' : 'mjs',
  }
}

/** The translation lies elsewhere; `require` still looks from where the file was written. */
function requireFrom(path: string, isCommonJs: boolean): string {
  const from = JSON.stringify(path)
  return isCommonJs
    ? `require = require('node:module').createRequire(${from});`
    : `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(${from});`
}

/** Packages are loaded by Node, from the place that the importing file would get them from. */
function packagesStayOutside(isCommonJs: boolean): Plugin {
  return {
    name: 'packages-stay-outside',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async (args) => {
        if (args.kind === 'entry-point' || args.pluginData === 'asked') return undefined
        if (isBuiltin(args.path)) return { path: args.path, external: true }
        const { importer, resolveDir, kind } = args
        const found = await build.resolve(args.path, {
          importer,
          resolveDir,
          kind,
          pluginData: 'asked',
        })
        if (found.errors.length > 0) return { path: args.path, external: true }
        // A path alias of tsconfig.json, or a package of the same workspace in TypeScript.
        if (!/[\\/]node_modules[\\/]/.test(found.path)) return { path: found.path }
        return {
          path: externalPath(found.path, isCommonJs || kind === 'require-call'),
          external: true,
        }
      })
    },
  }
}

function externalPath(path: string, isRequired: boolean): string {
  return isRequired ? path : pathToFileURL(path).href
}

const LOADERS: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
}

/** `import.meta.url` and `__dirname` keep meaning the file they are written in. */
const filesKeepTheirPlace: Plugin = {
  name: 'files-keep-their-place',
  setup(build) {
    build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, withItsPlace)
  },
}

function withItsPlace({ path }: OnLoadArgs): OnLoadResult {
  const [url, file, folder] = [pathToFileURL(path).href, path, dirname(path)].map((text) =>
    JSON.stringify(text),
  )
  // On the first line, so that line numbers stay.
  const place = `var __file_url = ${String(url)}, __file_path = ${String(file)}, __file_folder = ${String(folder)};`
  return {
    contents: `${place}${readFileSync(path, 'utf8').replace(/^#!.*/, '')}`,
    loader: LOADERS[extname(path)] ?? 'js',
  }
}
