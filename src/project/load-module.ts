/** Loads a module of the project and gives what it exports. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { importModule } from '../import-module.js'

const TYPESCRIPT = new Set(['.ts', '.mts', '.cts'])

/**
 * The default export of a file, or all it exports where it has none. Nothing is loaded for a
 * JavaScript file but the file itself; TypeScript comes from a cache where it was seen before.
 * @throws whatever the file throws, and `Error` where it cannot be read or translated
 */
export async function loadDefaultExport(path: string): Promise<unknown> {
  return defaultExport(await loadModule(path))
}

async function loadModule(path: string): Promise<unknown> {
  if (TYPESCRIPT.has(extname(path))) {
    const { bundledPath } = await import('./bundle-config.js')
    return importModule(pathToFileURL(await bundledPath(path)).href)
  }
  if (isCommonJs(path)) return createRequire(path)(path) as unknown
  return importModule(pathToFileURL(path).href)
}

/** Whether `require` can load it as it stands. */
function isCommonJs(path: string): boolean {
  if (extname(path) !== '.js') return extname(path) === '.cjs'
  if (packageType(dirname(path)) === 'module') return false
  // A file in no package of a kind may still be written in ES module syntax, which Node detects.
  return !/^\s*(?:import\s*[\w{*'"]|export\s+(?:default|const|let|async|function|class|\{))/m.test(
    readFileSync(path, 'utf8'),
  )
}

/** The `type` of the package that a folder belongs to; null where it says none. */
export function packageType(folder: string): string | null {
  const manifest = join(folder, 'package.json')
  if (existsSync(manifest)) return typeIn(readFileSync(manifest, 'utf8'))
  const parent = dirname(folder)
  return parent === folder ? null : packageType(parent)
}

function typeIn(manifest: string): string | null {
  try {
    const value: unknown = JSON.parse(manifest)
    if (typeof value !== 'object' || value === null || !('type' in value)) return null
    return typeof value.type === 'string' ? value.type : null
  } catch {
    return null
  }
}

/** Unwraps a namespace, and a compiled one inside it (`exports.default`). */
function defaultExport(loaded: unknown): unknown {
  if (typeof loaded !== 'object' || loaded === null || !('default' in loaded)) return loaded
  const value = loaded.default
  const isCompiled =
    typeof value === 'object' && value !== null && '__esModule' in value && 'default' in value
  return isCompiled ? value.default : value
}
