/** Says where the text of a script breaks off. */
import { readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { MigrateError } from '../../errors.js'
import { findSyntaxError, type SyntaxPlace, syntaxPlace } from '../../syntax-place.js'

/** The error for a thrown one that the text of a script, or of a file in it, is to blame for; else null. */
export async function syntaxErrorOf(
  path: string | null,
  thrown: unknown,
): Promise<MigrateError | null> {
  if (path === null) return null
  const told = syntaxPlace(thrown)
  if (told !== null) return errorAt(path, told, thrown)
  if (!(thrown instanceof SyntaxError)) return null
  const found = await findSyntaxError(readFileSync(path, 'utf8'), path)
  // Its own text is right: something that it imports is not.
  return found === null ? null : errorAt(path, found, thrown)
}

function errorAt(path: string, place: SyntaxPlace, cause: unknown): MigrateError | null {
  // A file that is not there is a problem of imports.
  if (place.message.startsWith('Could not resolve')) return null
  const { line, column, excerpt } = place
  // A bundle names its files from the folder of the script; it may be one that the script imports.
  const file = resolve(dirname(path), place.file)
  const where = `${basename(file)}, line ${line}, column ${column}`
  return new MigrateError('SCRIPT_SYNTAX', 2, `${where}: ${place.message}`, {
    ...(excerpt === '' ? {} : { why: `It reads: ${excerpt}` }),
    fix: `Correct line ${line} of ${file}.`,
    details: { path, file, line, column, excerpt },
    cause,
  })
}
