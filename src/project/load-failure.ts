/** Why a configuration file does not load: where its text breaks off, or what it throws. */
import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { MigrateError, messageOf } from '../errors.js'
import { findSyntaxError, type SyntaxPlace, syntaxPlace } from '../syntax-place.js'

/** The error `CONFIG_LOAD` for what loading the file threw. */
export async function loadFailure(path: string, thrown: unknown): Promise<MigrateError> {
  const place = await placeOf(path, thrown)
  const file = resolve(dirname(path), place?.file ?? path)
  const where = file === path ? '' : `${basename(file)}, `
  const reason =
    place === null
      ? messageOf(thrown)
      : `${where}line ${place.line}, column ${place.column}: ${place.message}`
  return new MigrateError('CONFIG_LOAD', 2, `${basename(path)} does not load: ${reason}`, {
    why:
      place === null || place.excerpt === ''
        ? `The file is ${path}.`
        : `It reads: ${place.excerpt}`,
    fix: `Correct ${place === null ? 'the file' : file}; nothing was read from the database.`,
    details: { path, ...(place === null ? {} : { file, line: place.line, column: place.column }) },
    cause: thrown,
  })
}

async function placeOf(path: string, thrown: unknown): Promise<SyntaxPlace | null> {
  const told = syntaxPlace(thrown)
  if (told === null && !(thrown instanceof SyntaxError)) return null
  const file = resolve(dirname(path), told?.file ?? fileInStack(thrown) ?? path)
  // What is translated has a line of ours before it, which moves the columns of its first.
  const text = await readFile(file, 'utf8').catch(() => '')
  return (await findSyntaxError(text, file)) ?? told
}

/** `require` begins the stack with the file, which may be one that the configuration asks for. */
function fileInStack(thrown: unknown): string | null {
  const [first = ''] = thrown instanceof Error ? (thrown.stack ?? '').split('\n') : []
  return /^(\/.+|[A-Z]:\\.+):\d+$/.exec(first)?.[1] ?? null
}
