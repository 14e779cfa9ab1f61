/** Which files of a folder are scripts, and what their names say. */

/** TypeScript first: of a source and what was compiled from it, the source counts. */
const EXTENSIONS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']

/** Type declarations, tests, and what editors leave behind. */
const OTHER = /^[.#~]|\.d\.[cm]?ts$|\.(?:test|spec)\.[cm]?[jt]s$|~$|#$/

/** Whether a file of this name is a script, by everything but its extension's being wanted. */
export function isScriptName(name: string): boolean {
  return extensionOf(name) !== '' && !OTHER.test(name)
}

/** The last extension with its dot; empty where there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot)
}

/** A script's name without a known extension: `a.ts` and `a.js` are the same migration. */
export function stemOf(name: string): string {
  const extension = extensionOf(name)
  return extension !== '' && rankOf(name) < EXTENSIONS.length
    ? name.slice(0, -extension.length)
    : name
}

/** The lower, the more it is the source that a person edits. */
export function rankOf(name: string): number {
  const rank = EXTENSIONS.indexOf(extensionOf(name))
  return rank === -1 ? EXTENSIONS.length : rank
}
