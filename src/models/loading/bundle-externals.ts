/** Finds packages that a bundle, standing where it stands, would not get as its sources would. */
import { realpathSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import type { Metafile } from 'esbuild'

/** What to do about one import of a package; keyed by `importKey`. */
export type Redirect =
  /** A package whose main file is TypeScript, as in a workspace: bundled like the project's own files. */
  | { readonly kind: 'inside'; readonly path: string }
  /** Another copy than the one that the bundle's own place leads to. */
  | { readonly kind: 'outside'; readonly path: string }

export interface Externals {
  readonly redirects: ReadonlyMap<string, Redirect>
  /** Packages that are nowhere, by the name of the importing input. */
  readonly missing: ReadonlyMap<string, string>
}

export function importKey(folder: string, specifier: string): string {
  return `${folder}\n${specifier}`
}

/** Holds the packages that a bundle in `folder` leaves outside against what each source would get. */
export function checkExternals(metafile: Metafile, root: string, folder: string): Externals {
  const emitted = new Set(
    Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path)),
  )
  const redirects = new Map<string, Redirect>()
  const missing = new Map<string, string>()
  const resolved = new Map<string, string | null | undefined>()
  const find = (from: string, specifier: string): string | null | undefined => {
    const key = importKey(from, specifier)
    if (!resolved.has(key)) resolved.set(key, resolveFrom(from, specifier))
    return resolved.get(key)
  }
  for (const [input, { imports }] of Object.entries(metafile.inputs)) {
    const from = dirname(resolve(root, input))
    for (const { path, external, kind } of imports) {
      if (external !== true || !emitted.has(path) || !isPackage(path)) continue
      const own = find(from, path)
      if (own === null && kind === 'import-statement') missing.set(input, path)
      if (typeof own !== 'string') continue
      if (/\.[mc]?tsx?$/.test(own)) {
        redirects.set(importKey(from, path), { kind: 'inside', path: own })
      } else if (own !== find(folder, path)) {
        redirects.set(importKey(from, path), { kind: 'outside', path: own })
      }
    }
  }
  return { redirects, missing }
}

function isPackage(specifier: string): boolean {
  return /^(?![a-z]+:)[^./<#]/i.test(specifier) && !isBuiltin(specifier)
}

/** Null where there is no such package; undefined where only `import` could tell. */
function resolveFrom(folder: string, specifier: string): string | null | undefined {
  try {
    return realpathSync(createRequire(join(folder, 'x.js')).resolve(specifier))
  } catch (thrown) {
    const code: unknown = thrown instanceof Error && 'code' in thrown ? thrown.code : null
    return code === 'MODULE_NOT_FOUND' ? null : undefined
  }
}
