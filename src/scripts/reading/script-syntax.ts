/** Says where the text of a script breaks off, which Node tells for some kinds of modules only. */
import { readFileSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'
import type { BuildFailure, Message } from 'esbuild'
import { MigrateError } from '../../errors.js'

/** The error for a thrown one that the text of a script, or of a file in it, is to blame for; else null. */
export async function syntaxErrorOf(
  path: string | null,
  thrown: unknown,
): Promise<MigrateError | null> {
  if (path === null) return null
  if (isBuildFailure(thrown)) return fromFailure(path, thrown)
  if (!(thrown instanceof SyntaxError)) return null
  const failure = await failureOf(path)
  // Its own text is right: something that it imports is not.
  return failure === null ? null : fromFailure(path, failure)
}

async function failureOf(path: string): Promise<BuildFailure | null> {
  const { transform } = await import('esbuild')
  try {
    const loader = extname(path).includes('t') ? 'ts' : 'js'
    await transform(readFileSync(path, 'utf8'), { loader, sourcefile: path, logLevel: 'silent' })
    return null
  } catch (failure) {
    return isBuildFailure(failure) ? failure : null
  }
}

function fromFailure(path: string, failure: BuildFailure): MigrateError | null {
  const [first] = failure.errors
  // A file that is not there is a problem of imports.
  if (first === undefined || first.text.startsWith('Could not resolve')) return null
  const { line, column, excerpt } = placeOf(first)
  // A bundle names its files from the folder of the script; it may be one that the script imports.
  const file = resolve(dirname(path), first.location?.file ?? path)
  const where = `${basename(file)}, line ${line}, column ${column}`
  return new MigrateError('SCRIPT_SYNTAX', 2, `${where}: ${first.text}`, {
    ...(excerpt === '' ? {} : { why: `It reads: ${excerpt}` }),
    fix: `Correct line ${line} of ${file}.`,
    details: { path, file, line, column, excerpt },
    cause: failure,
  })
}

interface Place {
  /** Both from 1. */
  readonly line: number
  readonly column: number
  readonly excerpt: string
}

function placeOf({ location }: Message): Place {
  return {
    line: location?.line ?? 1,
    column: (location?.column ?? 0) + 1,
    excerpt: location?.lineText.trim() ?? '',
  }
}

function isBuildFailure(thrown: unknown): thrown is BuildFailure {
  return thrown instanceof Error && 'errors' in thrown && Array.isArray(thrown.errors)
}
