/** Follows the imports between the project's own files by their text, where no loader tells. */
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

const SPECIFIER =
  /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])(\.{1,2}(?:\/[^'"\n]*)?)\1/g

const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx']
const INDEXES = ENDINGS.slice(1).map((ending) => `/index${ending}`)

/** A reader of files that reads each once. */
export interface Imports {
  /** Empty where the file cannot be read. */
  textOf(file: string): string
  /** The project's own files that a file imports by a relative path; absolute. */
  importsOf(file: string): readonly string[]
}

export function createImports(): Imports {
  const texts = new Map<string, string>()
  const imports = new Map<string, readonly string[]>()
  const textOf = (file: string): string => {
    const known = texts.get(file)
    if (known !== undefined) return known
    const text = readText(file)
    texts.set(file, text)
    return text
  }
  return {
    textOf,
    importsOf: (file) => {
      const known = imports.get(file)
      if (known !== undefined) return known
      const found = [...textOf(file).matchAll(SPECIFIER)].flatMap(([, , specifier = '']) => {
        const target = resolveRelative(dirname(file), specifier)
        return target === null ? [] : [target]
      })
      imports.set(file, [...new Set(found)])
      return found
    },
  }
}

/** `files` with whatever one imports before it; in a circle, as they came. */
export function importedFirst(files: readonly string[], imports: Imports): readonly string[] {
  const wanted = new Set(files)
  const order: string[] = []
  const seen = new Set<string>()
  for (const file of files) {
    for (const reached of reachedFrom(file, imports, seen)) {
      if (wanted.has(reached)) order.push(reached)
    }
  }
  return order
}

/**
 * What a file imports, directly or not, and itself last: every file after what it imports, those in
 * `seen` left out. `seen` grows, so that several calls share it.
 */
export function reachedFrom(
  file: string,
  imports: Imports,
  seen = new Set<string>(),
): readonly string[] {
  const order: string[] = []
  // A stack, not recursion: a chain of 8,000 imports overflows Node's call stack.
  const stack: { readonly file: string; readonly left: string[] }[] = []
  const open = (next: string): void => {
    if (seen.has(next)) return
    seen.add(next)
    stack.push({ file: next, left: [...imports.importsOf(next)].reverse() })
  }
  open(file)
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.left.pop()
    if (next === undefined) {
      order.push(top.file)
      stack.pop()
    } else open(next)
  }
  return order
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** The file that a relative specifier means, with TypeScript's habit of importing `.ts` as `.js`. */
function resolveRelative(folder: string, specifier: string): string | null {
  const path = resolve(folder, specifier)
  const source = path.replace(/\.([mc]?)js(x?)$/, '.$1ts$2')
  const candidates = [source, ...[...ENDINGS, ...INDEXES].map((ending) => path + ending)]
  return candidates.find(isFile) ?? null
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
