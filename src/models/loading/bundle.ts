/** Makes one bundle of all model files, in which each still loads, or fails, by itself. */
import { dirname, join, resolve } from 'node:path'
import type * as Esbuild from 'esbuild'
import type { BuildOptions, Message, Metafile, OutputFile } from 'esbuild'
import { bundleKey, readBundle, writeBundle } from './bundle-cache.js'
import type { StoredBundle } from './bundle-cache.js'
import { checkExternals } from './bundle-externals.js'
import { buildOptions } from './bundle-options.js'
import type { Corrections } from './bundle-options.js'
import { finishBundle } from './bundle-text.js'
import { cacheFolder } from './cache-folder.js'
import { moduleTypeOf } from './package-type.js'

export interface Bundle extends StoredBundle {
  /** Files that esbuild could not read, by their name relative to `root`, each with the reason. */
  readonly broken: ReadonlyMap<string, string>
  /** Whether it lasts: one with broken files in it is only for this process, which removes it. */
  readonly isStored: boolean
}

interface Built {
  readonly text: OutputFile
  readonly map: OutputFile
  readonly metafile: Metafile
}

/** How often a build is corrected before the files are loaded one by one instead. */
const ATTEMPTS = 6

/**
 * The bundle of `files`: its export `files` gives, by name relative to `root`, a function that
 * evaluates the file and what it imports, once. `folder` is the innermost that holds them all.
 * Null where esbuild cannot make one.
 */
export async function bundleOf(
  root: string,
  folder: string,
  files: readonly string[],
): Promise<Bundle | null> {
  const cache = cacheFolder(folder)
  const key = bundleKey(root, cache, files)
  const stored = readBundle(cache, key)
  if (stored !== null) return { ...stored, broken: new Map(), isStored: true }
  let corrections: Corrections = {
    format: files.some((file) => moduleTypeOf(file) === 'esm') ? 'esm' : 'cjs',
    broken: new Map(),
    redirects: new Map(),
  }
  const esbuild = await import('esbuild')
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const result = await build(esbuild, buildOptions(root, cache, files, corrections))
      const next =
        'errors' in result
          ? afterErrors(corrections, result.errors)
          : afterBuild(corrections, result.metafile, root, cache)
      if (next === null) return null
      if (next !== corrections) corrections = next
      else if ('text' in result) return store(result, corrections, root, cache, key)
    }
    return null
  } finally {
    await esbuild.stop()
  }
}

async function build(
  { build: run }: typeof Esbuild,
  options: BuildOptions,
): Promise<Built | { readonly errors: readonly Message[] }> {
  try {
    const { outputFiles = [], metafile } = await run(options)
    const map = outputFiles.find(({ path }) => path.endsWith('.map'))
    const text = outputFiles.find((file) => file !== map)
    if (text === undefined || map === undefined || metafile === undefined) {
      throw new Error('esbuild gave no output')
    }
    return { text, map, metafile }
  } catch (thrown) {
    // esbuild's BuildFailure: the messages are its documented interface.
    if (thrown instanceof Error && 'errors' in thrown) {
      return { errors: thrown.errors as readonly Message[] }
    }
    throw thrown
  }
}

/** Null where the errors name no file to go on without. */
function afterErrors(corrections: Corrections, errors: readonly Message[]): Corrections | null {
  if (corrections.format === 'cjs' && errors.some(({ text }) => /top-level await/i.test(text))) {
    return { ...corrections, format: 'esm' }
  }
  const broken = new Map(corrections.broken)
  for (const { location, text } of errors) {
    if (location === null || location.file === '<stdin>') return null
    if (!broken.has(location.file)) {
      broken.set(location.file, `${text} (line ${location.line})`)
    }
  }
  return broken.size > corrections.broken.size ? { ...corrections, broken } : null
}

/** The same corrections where the build is right as it is. */
function afterBuild(
  corrections: Corrections,
  metafile: Metafile,
  root: string,
  cache: string,
): Corrections {
  const found = checkExternals(metafile, root, cache)
  // CommonJS asks for a package when the module runs, an ES module before anything does.
  const missing = corrections.format === 'esm' ? [...found.missing] : []
  const redirects = [...found.redirects].filter(([key]) => !corrections.redirects.has(key))
  if (missing.length === 0 && redirects.length === 0) return corrections
  return {
    format: corrections.format,
    broken: new Map([
      ...corrections.broken,
      ...missing.map(([input, name]) => [input, `Cannot find package '${name}'`] as const),
    ]),
    redirects: new Map([...corrections.redirects, ...redirects]),
  }
}

function store(
  built: Built,
  { format, broken }: Corrections,
  root: string,
  cache: string,
  key: string,
): Bundle {
  const inputs = Object.keys(built.metafile.inputs).filter((name) => name !== '<stdin>')
  const isStored = broken.size === 0
  const bundle = writeBundle(cache, isStored ? key : null, {
    text: finishBundle(built.text.text, root, built.metafile.inputs),
    map: built.map.text,
    format,
    inputs: inputs.map((name) => resolve(root, name)),
  })
  return { ...bundle, broken, isStored }
}

/** The innermost folder that holds all of `files`. */
export function commonFolder(files: readonly string[]): string {
  const [first = '', ...rest] = files.map((file) => dirname(file))
  return rest.reduce((common, folder) => {
    let shared = common
    while (folder !== shared && !folder.startsWith(join(shared, '/'))) {
      if (dirname(shared) === shared) return shared
      shared = dirname(shared)
    }
    return shared
  }, first)
}
