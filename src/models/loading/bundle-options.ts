/** How esbuild is told to make a bundle, and what is put right in the next attempt. */
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildOptions, Plugin } from 'esbuild'
import { importKey } from './bundle-externals.js'
import type { Redirect } from './bundle-externals.js'
import { PLACES } from './bundle-text.js'
import { nameOf } from '../file-name.js'
import type { ModuleType } from './package-type.js'

/** What is known so far about what a plain build would get wrong. */
export interface Corrections {
  readonly format: ModuleType
  readonly broken: ReadonlyMap<string, string>
  readonly redirects: ReadonlyMap<string, Redirect>
}

/** The options of a bundle of `files` that stands in the folder `cache`. */
export function buildOptions(
  root: string,
  cache: string,
  files: readonly string[],
  corrections: Corrections,
): BuildOptions {
  const { format } = corrections
  const evaluate = format === 'esm' ? 'import' : 'require'
  const entries = files.map(
    (file) => `${JSON.stringify(nameOf(root, file))}: () => ${evaluate}(${JSON.stringify(file)}),`,
  )
  return {
    stdin: { contents: `export const files = {\n${entries.join('\n')}\n}`, resolveDir: root },
    absWorkingDir: root,
    outfile: join(cache, 'models.js'),
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: `node${process.versions.node}`,
    format,
    packages: 'external',
    keepNames: true,
    // A package.json may say `sideEffects: false` of files that register things.
    ignoreAnnotations: true,
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'silent',
    logLimit: 0,
    define: { ...PLACES },
    plugins: correcting(root, corrections),
    ...(format === 'esm' ? { banner: { js: requireBanner(root) } } : {}),
  }
}

function requireBanner(root: string): string {
  const from = JSON.stringify(pathToFileURL(join(root, 'package.json')).href)
  return `import { createRequire as migrateTuiRequire } from 'node:module'; const require = migrateTuiRequire(${from});`
}

/** Plugins are asked about each file that their filter lets through, so there are none without need. */
function correcting(root: string, { format, broken, redirects }: Corrections): Plugin[] {
  const oneOf = (texts: Iterable<string>): RegExp =>
    new RegExp(
      `^(?:${[...texts].map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})$`,
    )
  const stubs: Plugin = {
    name: 'broken-files-throw',
    setup: (build) => {
      const paths = new Map([...broken].map(([name, reason]) => [resolve(root, name), reason]))
      build.onLoad({ filter: oneOf(paths.keys()) }, ({ path }) => ({
        contents: `throw new Error(${JSON.stringify(paths.get(path) ?? '')})`,
        loader: 'js',
      }))
    },
  }
  const redirecting: Plugin = {
    name: 'packages-as-their-importers-see-them',
    setup: (build) => {
      const specifiers = [...redirects.keys()].map((key) => key.slice(key.indexOf('\n') + 1))
      build.onResolve({ filter: oneOf(new Set(specifiers)) }, ({ path, resolveDir }) => {
        const redirect = redirects.get(importKey(resolveDir, path))
        if (redirect === undefined) return undefined
        return redirect.kind === 'inside'
          ? { path: redirect.path }
          : {
              path: format === 'esm' ? pathToFileURL(redirect.path).href : redirect.path,
              external: true,
            }
      })
    },
  }
  return [...(broken.size > 0 ? [stubs] : []), ...(redirects.size > 0 ? [redirecting] : [])]
}
