/** Where the text of a JavaScript or TypeScript file breaks off, which Node tells for some kinds of modules only. */
import { extname } from 'node:path'
import type { BuildFailure } from 'esbuild'

export interface SyntaxPlace {
  readonly message: string
  /** As esbuild was given it, or from the folder that it works in. */
  readonly file: string
  /** From 1, as is the column. */
  readonly line: number
  readonly column: number
  /** The line's text. */
  readonly excerpt: string
}

/** The first place that is no syntax; null where the whole text is. */
export async function findSyntaxError(text: string, path: string): Promise<SyntaxPlace | null> {
  const { transform } = await import('esbuild')
  const options = { loader: loaderOf(extname(path)), sourcefile: path, logLevel: 'silent' } as const
  return transform(text, options).then(
    () => null,
    (thrown: unknown) => syntaxPlace(thrown),
  )
}

/** The first place that esbuild complains of; null where it names none, or did not throw it. */
export function syntaxPlace(thrown: unknown): SyntaxPlace | null {
  if (!isBuildFailure(thrown)) return null
  const [first] = thrown.errors
  if (first?.location == null) return null
  const { file, line, column, lineText } = first.location
  return { message: first.text, file, line, column: column + 1, excerpt: lineText.trim() }
}

function loaderOf(extension: string): 'js' | 'ts' | 'tsx' {
  if (extension.endsWith('x')) return 'tsx'
  return /^\.[mc]?ts$/.test(extension) ? 'ts' : 'js'
}

function isBuildFailure(thrown: unknown): thrown is BuildFailure {
  return thrown instanceof Error && 'errors' in thrown && Array.isArray(thrown.errors)
}
