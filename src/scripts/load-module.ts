/** Loads the module of one script: JavaScript by Node itself, TypeScript translated first. */
import { readFileSync, statSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ModuleKind } from './package-type.js'
import { moduleKind } from './package-type.js'

const TYPESCRIPT = new Set(['.ts', '.mts', '.cts'])

const require = createRequire(import.meta.url)

/** The files that were imported, as they were then. */
const imported = new Map<string, string>()

/**
 * What a script exports. A script that was edited since is loaded anew; what it imports is not.
 * @throws whatever the script throws, `SyntaxError`, or esbuild's `BuildFailure`
 */
export async function loadModule(path: string): Promise<unknown> {
  const kind = moduleKind(path)
  if (TYPESCRIPT.has(extname(path))) return loadTranslated(path, kind)
  if (kind === 'esm') return import(freshUrl(path))
  try {
    return requireAnew(path)
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

function requireAnew(path: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- how Node's cache is cleared
  delete require.cache[path]
  return require(path)
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
  if (kind === 'esm') return import(pathToFileURL(translation.path).href)
  return runCommonJs(path, translation.code)
}

/** What Node's own loader does with the text of a CommonJS file. */
interface CompilingModule {
  filename: string
  paths: readonly string[]
  readonly exports: unknown
  _compile(code: string, path: string): unknown
}

/** Runs translated CommonJS as if it were the file it was translated from. */
function runCommonJs(path: string, code: string): unknown {
  // Not in Node's types, and what every loader of TypeScript builds on; `node:vm` has no `import()`.
  const module = new Module(path) as unknown as CompilingModule
  module.filename = path
  module.paths = createRequire(path).resolve.paths('a-package') ?? []
  module._compile(code, path)
  return module.exports
}
