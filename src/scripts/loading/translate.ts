/** Translates a script to JavaScript that Node runs, and keeps the result for the next time. */
import { readFileSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Loader, OnLoadArgs, OnLoadResult, Plugin } from 'esbuild'
import { cacheFolder, digest, keep, readKept } from './cache-folder.js'
import type { ModuleKind } from './package-type.js'
import { importsFiles, workspaceInside } from './script-imports.js'

/** JavaScript that does what the script does, and the file that holds it. */
export interface Translation {
  readonly code: string
  readonly path: string
}

/** Counts the forms that translations have had; older ones are not read. */
const FORM = '2'

/** Which files a bundle was made from, by their digests, and which file it is. */
interface BundleEntry {
  readonly inputs: Readonly<Record<string, string>>
  readonly output: string
}

/**
 * The translation of the script at `path`. One that imports files of the project, by path or by an
 * alias, has them inside; packages stay outside. esbuild is loaded only when something changed.
 * @throws esbuild's `BuildFailure` with the place of each error
 */
export async function translate(path: string, kind: ModuleKind): Promise<Translation> {
  const text = readFileSync(path, 'utf8')
  const folder = cacheFolder(path)
  const key = digest(FORM, kind, path, text)
  const extension = kind === 'esm' ? 'mjs' : 'cjs'
  const single = join(folder, `${key}.${extension}`)
  const kept = readSingle(single) ?? readBundle(join(folder, `${key}.json`))
  if (kept !== null) return kept
  const code = await translateAlone(path, text, kind)
  if (!importsFiles(code, dirname(path))) {
    keep(single, code)
    return { code, path: single }
  }
  const bundle = await bundleWithImports(path, kind)
  const output = join(folder, `${digest(bundle.code)}.${extension}`)
  keep(output, bundle.code)
  const entry: BundleEntry = { inputs: bundle.inputs, output }
  keep(join(folder, `${key}.json`), JSON.stringify(entry))
  return { code: bundle.code, path: output }
}

function readSingle(path: string): Translation | null {
  const code = readKept(path)
  return code === null ? null : { code, path }
}

/** A kept bundle, as long as every file in it is what it was. */
function readBundle(path: string): Translation | null {
  const text = readKept(path)
  if (text === null) return null
  // Written by `translate` alone, whole or not at all.
  const { inputs, output } = JSON.parse(text) as BundleEntry
  const isFresh = Object.entries(inputs).every(
    ([input, hash]) => digest(readKept(input) ?? '') === hash,
  )
  return isFresh ? readSingle(output) : null
}

const PLACE = {
  'import.meta.url': '__file_url',
  'import.meta.filename': '__file_path',
  'import.meta.dirname': '__file_folder',
}

const COMMON = {
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  sourcesContent: false,
  logLevel: 'silent',
  keepNames: true,
} as const

async function translateAlone(path: string, text: string, kind: ModuleKind): Promise<string> {
  const { transform } = await import('esbuild')
  const { code } = await transform(withPlace(path, text), {
    ...COMMON,
    loader: loaderOf(path),
    format: kind,
    sourcefile: path,
    define: PLACE,
  })
  return code
}

interface Bundled {
  readonly code: string
  readonly inputs: Readonly<Record<string, string>>
}

async function bundleWithImports(path: string, kind: ModuleKind): Promise<Bundled> {
  const { build } = await import('esbuild')
  const folder = dirname(path)
  const result = await build({
    ...COMMON,
    entryPoints: [path],
    absWorkingDir: folder,
    bundle: true,
    write: false,
    metafile: true,
    format: kind,
    packages: 'external',
    // In a bundle, CommonJS's own names would mean the place of the bundle.
    define: { ...PLACE, __filename: '__file_path', __dirname: '__file_folder' },
    plugins: [workspaceInside, filesKeepTheirPlace],
  })
  const inputs = Object.keys(result.metafile.inputs).map((input) => resolve(folder, input))
  return {
    code: result.outputFiles.map((file) => file.text).join('\n'),
    inputs: Object.fromEntries(inputs.map((input) => [input, digest(readFileSync(input, 'utf8'))])),
  }
}

/** Each file in a bundle goes on meaning itself by `import.meta.url` and `__dirname`. */
const filesKeepTheirPlace: Plugin = {
  name: 'files-keep-their-place',
  setup(build) {
    build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, ({ path }: OnLoadArgs): OnLoadResult => ({
      contents: withPlace(path, readFileSync(path, 'utf8')),
      loader: loaderOf(path),
    }))
  },
}

/** The place goes on the first line, so that line numbers stay. */
function withPlace(path: string, text: string): string {
  if (!/import\.meta|__dirname|__filename/.test(text)) return text
  const [url, file, folder] = [pathToFileURL(path).href, path, dirname(path)].map((one) =>
    JSON.stringify(one),
  )
  const names = `__file_url = ${String(url)}, __file_path = ${String(file)}, __file_folder = ${String(folder)}`
  return `var ${names};${text.replace(/^#!.*/, '')}`
}

function loaderOf(path: string): Loader {
  const extension = extname(path)
  if (extension.endsWith('x')) return extension.startsWith('.t') ? 'tsx' : 'jsx'
  return extension.includes('t') ? 'ts' : 'js'
}
