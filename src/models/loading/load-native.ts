/** Loads JavaScript as the project's own Node would. */
import Module, { createRequire } from 'node:module'
import { sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { importModule } from '../../import-module.js'
import { findSyntaxError } from '../../syntax-place.js'
import { nameOf } from '../file-name.js'
import type { Frames } from './frames.js'
import { reachedFrom } from './imports.js'
import type { Imports } from './imports.js'
import { moduleTypeOf } from './package-type.js'
import type { Tracker } from './tracker.js'

/** Codes with which `require` says that a file is an ES module which only `import` can load. */
const ONLY_IMPORT = ['ERR_REQUIRE_ESM', 'ERR_REQUIRE_ASYNC_MODULE', 'ERR_REQUIRE_CYCLE_MODULE']

/** What the loading of a single file needs to know. */
export interface NativeContext {
  readonly root: string
  readonly request: { readonly importedFirst: boolean }
  readonly tracker: Tracker
  readonly frames: Frames
}

/**
 * The exports of a file; `require` where Node would call it CommonJS, else `import`, which tells the
 * tracker only of `file` itself, and surely only where what it imports was loaded before.
 */
export async function loadNative(
  context: NativeContext,
  file: string,
  imports: Imports,
): Promise<unknown> {
  const { root, tracker } = context
  const name = nameOf(root, file)
  const surely = context.request.importedFirst
  const load = (): Promise<unknown> => importFile(context, file, imports)
  if (moduleTypeOf(file) === 'esm') return tracker.evaluate(name, surely, load)
  try {
    return createRequire(file)(file)
  } catch (thrown) {
    const code: unknown = thrown instanceof Error && 'code' in thrown ? thrown.code : null
    if (typeof code !== 'string' || !ONLY_IMPORT.includes(code)) throw thrown
    return tracker.watch({ file: name, model: null, surely }, load)
  }
}

async function importFile(
  { root, tracker, frames }: NativeContext,
  file: string,
  imports: Imports,
): Promise<unknown> {
  try {
    const exports: unknown = await importModule(pathToFileURL(file).href)
    return exports
  } catch (thrown) {
    // The outermost place is the module whose body ran: imports do not nest as `require` does.
    const place = frames.of(thrown).at(-1)
    if (place !== undefined) tracker.blame(thrown, place.file)
    else if (thrown instanceof SyntaxError) {
      const found = await syntaxErrorIn(reachedFrom(file, imports), imports)
      if (found !== null) throw tracker.blame(found.error, nameOf(root, found.file))
    }
    throw thrown
  }
}

/** Node does not say where in an ES module a syntax error is. */
async function syntaxErrorIn(
  files: readonly string[],
  imports: Imports,
): Promise<{ readonly file: string; readonly error: SyntaxError } | null> {
  for (const file of files) {
    const place = await findSyntaxError(imports.textOf(file), file)
    if (place === null) continue
    return { file, error: new SyntaxError(`${place.message} (line ${place.line})`) }
  }
  return null
}

/** `require`'s own table of how a file is loaded by its extension. */
type RequireHook = (module: { exports: unknown }, file: string) => void

/** What `require` does with a file of that extension; set by `hookRequire`. */
const hooks: Record<string, RequireHook | undefined> = readHooks()

/** Lets the tracker know of every module of the project that `require` loads, however deep in the imports. */
export function trackRequire(root: string, tracker: Tracker): void {
  for (const [extension, load] of Object.entries(hooks)) {
    if (load === undefined || ['.json', '.node'].includes(extension)) continue
    hooks[extension] = (module, file) => {
      if (file.includes(`${sep}node_modules${sep}`)) load(module, file)
      else
        tracker.evaluate(nameOf(root, file), true, () => {
          load(module, file)
        })
    }
  }
}

/**
 * Lets `require` load TypeScript, which Objection asks it for where a relation names its class by a
 * path: `exportsOf` gives what is already loaded, or loads it.
 */
export function hookRequire(exportsOf: (file: string) => unknown): void {
  for (const extension of ['.ts', '.cts', '.mts', '.tsx']) {
    hooks[extension] = (module, file) => {
      module.exports = exportsOf(file)
    }
  }
}

function readHooks(): Record<string, RequireHook | undefined> {
  // Deprecated since Node 0.10 and the documented base of every TypeScript loader since.
  return (Module as unknown as { _extensions: Record<string, RequireHook | undefined> })._extensions
}
