/** Loads files by whichever way fits them, each by itself: what one does is no matter to the others. */
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { importModule } from '../../import-module.js'
import { bundleOf, commonFolder } from './bundle.js'
import type { Bundle } from './bundle.js'
import { cacheFolder } from './cache-folder.js'
import { nameOf } from '../file-name.js'
import type { Frames } from './frames.js'
import { createImports, importedFirst, reachedFrom } from './imports.js'
import { createJitiLoader } from './load-jiti.js'
import type { JitiLoader } from './load-jiti.js'
import { hookRequire, loadNative, trackRequire } from './load-native.js'
import { registerTsx } from './load-tsx.js'
import type { ChildRequest } from '../messages.js'
import { KnownBadModule } from './tracker.js'
import type { Tracker } from './tracker.js'

export type Outcome =
  | { readonly kind: 'loaded'; readonly exports: unknown }
  | { readonly kind: 'failed'; readonly thrown: unknown }

/** By absolute file name. */
export type Outcomes = ReadonlyMap<string, Outcome>

export interface LoadContext {
  readonly root: string
  readonly request: ChildRequest
  readonly tracker: Tracker
  readonly frames: Frames
}

const TYPESCRIPT = /\.[mc]?tsx?$/

export function isTypeScript(file: string): boolean {
  return TYPESCRIPT.test(file)
}

/** Readies this process for `loadFiles`; once. @throws Error where `loader` is a tsx the project lacks */
export async function prepareLoading({ root, request, tracker }: LoadContext): Promise<void> {
  if (request.loader === 'tsx') await registerTsx(root)
  trackRequire(root, tracker)
}

/** Loads `files`, one after the other. */
export async function loadFiles(context: LoadContext, files: readonly string[]): Promise<Outcomes> {
  const { loader } = context.request
  if (loader === 'tsx' || !files.some(isTypeScript)) return loadEachNatively(context, files)
  const jiti = lazyJiti(commonFolder(files))
  const fromBundle = loader === 'jiti' ? null : await loadFromBundle(context, files, jiti)
  return fromBundle ?? (await loadEachWithJiti(context, files, jiti()))
}

async function loadEachNatively(context: LoadContext, files: readonly string[]): Promise<Outcomes> {
  const { root, request } = context
  const bad = new Set(request.knownBad.flatMap(({ file, model }) => (model === null ? file : [])))
  const imports = createImports()
  const ordered = request.importedFirst ? importedFirst(files, imports) : files
  return eachInTurn(ordered, async (file) => {
    // Only the text tells what an ES module imports before it is too late.
    const reached = bad.size === 0 ? [] : reachedFrom(file, imports)
    const culprit = reached.map((path) => nameOf(root, path)).find((name) => bad.has(name))
    if (culprit !== undefined) throw new KnownBadModule(culprit)
    return loadNative(context, file, imports)
  })
}

async function loadEachWithJiti(
  { root, request, tracker }: LoadContext,
  files: readonly string[],
  jiti: JitiLoader,
): Promise<Outcomes> {
  hookRequire((file) => jiti.loadNow(file))
  const ordered = request.importedFirst ? importedFirst(files, createImports()) : files
  return eachInTurn(ordered, (file) =>
    tracker.evaluate(nameOf(root, file), request.importedFirst, () => jiti.load(file)),
  )
}

/** Null where there is no bundle, or Node cannot load it at all. */
async function loadFromBundle(
  { root, tracker, frames }: LoadContext,
  files: readonly string[],
  jiti: () => JitiLoader,
): Promise<Outcomes | null> {
  const bundle = await bundleOf(root, commonFolder(files), files).catch(() => null)
  if (bundle === null) return null
  frames.addBundle(bundle.path, bundle.mapPath)
  const modules = await modulesOf(bundle)
  if (modules === null) return null
  const loaded = new Map<string, unknown>()
  const evaluate = (file: string): unknown => modules[nameOf(root, file)]?.()
  hookRequire((file) => {
    if (loaded.has(file)) return loaded.get(file)
    // Only a CommonJS bundle can evaluate a module on the spot.
    const isInside = bundle.format === 'cjs' && nameOf(root, file) in modules
    return isInside ? evaluate(file) : jiti().loadNow(file)
  })
  return eachInTurn(files, async (file) => {
    const name = nameOf(root, file)
    try {
      const exports: unknown = await evaluate(file)
      loaded.set(file, exports)
      return exports
    } catch (thrown) {
      if (!bundle.broken.has(name) && !isLoadersFault(thrown)) throw thrown
      return await tracker
        .watch({ file: name, model: null, surely: true }, () => jiti().load(file))
        .catch(() => {
          throw thrown
        })
    }
  })
}

async function modulesOf(bundle: Bundle): Promise<Readonly<Record<string, () => unknown>> | null> {
  try {
    const exports: unknown =
      bundle.format === 'esm'
        ? await importModule(pathToFileURL(bundle.path).href)
        : createRequire(bundle.path)(bundle.path)
    // The one export of the module that `bundleOf` wrote.
    return (exports as { files: Readonly<Record<string, () => unknown>> }).files
  } catch {
    return null
  } finally {
    if (!bundle.isStored) rmSync(bundle.path, { force: true })
  }
}

/** Whether a module may well be right, and only the way it was loaded wrong for it. */
function isLoadersFault(thrown: unknown): boolean {
  if (thrown instanceof KnownBadModule || !(thrown instanceof Error)) return false
  if (thrown instanceof TypeError || thrown instanceof ReferenceError) return true
  if (thrown instanceof SyntaxError) return true
  return 'code' in thrown && /^(?:ERR_|MODULE_NOT_FOUND)/.test(String(thrown.code))
}

async function eachInTurn(
  files: readonly string[],
  load: (file: string) => Promise<unknown>,
): Promise<Outcomes> {
  const outcomes = new Map<string, Outcome>()
  for (const file of files) {
    try {
      outcomes.set(file, { kind: 'loaded', exports: await load(file) })
    } catch (thrown) {
      outcomes.set(file, { kind: 'failed', thrown })
    }
  }
  return outcomes
}

function lazyJiti(folder: string): () => JitiLoader {
  let loader: JitiLoader | null = null
  return () => (loader ??= createJitiLoader(cacheFolder(folder)))
}
