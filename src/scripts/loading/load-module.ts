/** Loads the module of one script: JavaScript by Node itself, TypeScript translated first. */
import { readFileSync, realpathSync, statSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ModuleKind } from './package-type.js'
import { moduleKind } from './package-type.js'
import { importModule } from '../../import-module.js'
import { readText } from '../reading/read-text.js'

const TYPESCRIPT = new Set(['.ts', '.mts', '.cts'])

const require = createRequire(import.meta.url)

/** What loads each kind of file: deprecated in 2010, never removed, and what every hook changes. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells of hooks
const loaders = require.extensions

/** How Node itself loads JavaScript, and how many kinds of files it knows; newer ones know TypeScript. */
const ownLoader = loaders['.js']
const ownExtensions = 'typescript' in process.features ? 6 : 3

/** The files that were imported, as they were then. */
const imported = new Map<string, string>()

/** What is known of a file: null what is not. */
export interface KnownFile {
  readonly text: string | null
  /** Where it is behind all links. */
  readonly real: string | null
}

const UNKNOWN: KnownFile = { text: null, real: null }

/**
 * What a script exports. A script that was edited since is loaded anew; what it imports is not.
 * @throws whatever the script throws, `SyntaxError`, or esbuild's `BuildFailure`
 */
export async function loadModule(path: string, known = UNKNOWN): Promise<unknown> {
  const kind = moduleKind(path)
  if (TYPESCRIPT.has(extname(path))) return loadTranslated(path, kind)
  if (kind === 'esm') return importModule(freshUrl(path))
  try {
    return requireAnew(path, known)
  } catch (thrown) {
    // A package that says nothing of its kind may still have scripts written as ES modules.
    if (thrown instanceof SyntaxError && looksLikeEsModule(path)) return loadTranslated(path, 'esm')
    throw thrown
  }
}

function looksLikeEsModule(path: string): boolean {
  return /^\s*(?:import\s*[\w{*'"]|export\s+(?:default|const|let|async|function|class|\{))/m.test(
    readFileSync(path, 'utf8'),
  )
}

/**
 * A long history is many small files: run directly, they load in half the time that `require` takes
 * to find what is already found. A project that has hooked into `require` is to be served by its hook.
 */
function requireAnew(path: string, { text, real }: KnownFile): unknown {
  const file = real ?? realpathSync.native(path)
  forget(file)
  return isHooked() ? require(file) : runCommonJs(file, text ?? readText(file), true)
}

function isHooked(): boolean {
  return loaders['.js'] !== ownLoader || Object.keys(loaders).length > ownExtensions
}

function forget(file: string): void {
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- how Node's cache is cleared
  delete require.cache[file]
}

/** Node never loads one URL twice: a file that changed is given another. */
function freshUrl(path: string): string {
  const { mtimeMs, size } = statSync(path)
  const version = `${mtimeMs}-${size}`
  const first = imported.get(path) ?? version
  imported.set(path, first)
  const url = pathToFileURL(path).href
  return first === version ? url : `${url}?v=${version}`
}

async function loadTranslated(path: string, kind: ModuleKind): Promise<unknown> {
  const { translate } = await import('./translate.js')
  const translation = await translate(path, kind)
  // The URL changes with the text.
  if (kind === 'esm') return importModule(pathToFileURL(translation.path).href)
  return runCommonJs(path, translation.code, false)
}

/** What Node's own loader does with the text of a CommonJS file. */
interface CompilingModule {
  filename: string
  paths: readonly string[]
  loaded: boolean
  readonly exports: unknown
  _compile(code: string, path: string): unknown
}

/** Runs CommonJS as the file at a path; `isShared` where other files that require it get the same. */
function runCommonJs(path: string, code: string, isShared: boolean): unknown {
  const made = new Module(path)
  // Not in Node's types, and what every loader of TypeScript builds on; `node:vm` has no `import()`.
  const module = made as unknown as CompilingModule
  module.filename = path
  module.paths = packageFolders(dirname(path))
  if (isShared) require.cache[path] = made
  try {
    module._compile(code, path)
  } catch (thrown) {
    forget(path)
    throw thrown
  }
  module.loaded = true
  return module.exports
}

/** By folder: where packages are looked for. */
const knownFolders = new Map<string, readonly string[]>()

function packageFolders(folder: string): readonly string[] {
  const known = knownFolders.get(folder)
  if (known !== undefined) return known
  const paths = createRequire(join(folder, 'a-file')).resolve.paths('a-package') ?? []
  knownFolders.set(folder, paths)
  return paths
}
