/** What a script imports: packages that Node finds by itself, or files that have to be put inside. */
import { realpathSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { join } from 'node:path'
import type { OnResolveArgs, OnResolveResult, Plugin } from 'esbuild'

const SPECIFIERS = /\b(?:from|import|require)\s*\(?\s*["']([^"']+)["']/g

/**
 * Whether translated code imports what Node cannot: a file by its path, which may be TypeScript, an
 * alias of package.json or tsconfig.json, or a package of the workspace whose main file is TypeScript.
 */
export function importsFiles(code: string, folder: string): boolean {
  const specifiers = new Set([...code.matchAll(SPECIFIERS)].map(([, specifier = '']) => specifier))
  return [...specifiers].some(
    (specifier) => /^(?:\.{0,2}\/|\.{1,2}$|#)/.test(specifier) || !isForNode(specifier, folder),
  )
}

function isForNode(specifier: string, folder: string): boolean {
  if (!isPackage(specifier)) return true
  const file = fileOf(specifier, folder)
  return file !== null && !isTypeScript(file)
}

/** In a bundle that leaves packages outside, those of the workspace that are TypeScript stand inside. */
export const workspaceInside: Plugin = {
  name: 'workspace-inside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async (args: OnResolveArgs): Promise<OnResolveResult> => {
      const { path, importer, namespace, resolveDir, kind } = args
      if ((args.pluginData as unknown) === ASKED) return {}
      // First as esbuild takes it: it knows the aliases.
      const asked = { importer, namespace, resolveDir, kind, with: args.with, pluginData: ASKED }
      const found = await build.resolve(path, asked)
      const file = found.external && isPackage(path) ? fileOf(path, resolveDir) : null
      return file !== null && isTypeScript(file) ? { path: file } : found
    })
  },
}

const ASKED = {}

function isPackage(specifier: string): boolean {
  return /^(?![a-z]+:)[^./<#]/i.test(specifier) && !isBuiltin(specifier)
}

/** The file of a package; the empty string where only `import` could tell, null where there is none. */
function fileOf(specifier: string, folder: string): string | null {
  try {
    return realpathSync(createRequire(join(folder, 'x.js')).resolve(specifier))
  } catch (thrown) {
    const code: unknown = thrown instanceof Error && 'code' in thrown ? thrown.code : null
    return code === 'MODULE_NOT_FOUND' ? null : ''
  }
}

function isTypeScript(file: string): boolean {
  return /\.[mc]?tsx?$/.test(file)
}
