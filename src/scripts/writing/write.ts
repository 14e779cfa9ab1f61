/** Puts new scripts on disk, never outside their folder and never over another. */
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { MigrateError, messageOf } from '../../errors.js'

/**
 * Writes a new script and gives its absolute path. The folder is made where it is missing.
 * @throws MigrateError `SCRIPT_EXISTS` where a file of that name is there already, also as a link,
 * `SCRIPT_NOT_WRITTEN` where the disk or the rights do not let it be written
 */
export function writeScript(folder: string, name: string, text: string): string {
  if (name !== basename(name) || /[\\/]/.test(name) || name.startsWith('.')) {
    throw new Error(`${JSON.stringify(name)} is no file name.`)
  }
  const path = join(folder, name)
  try {
    mkdirSync(folder, { recursive: true })
    writeNew(path, text)
  } catch (thrown) {
    if (!isExisting(thrown)) throw notWritten(path, thrown)
    throw new MigrateError('SCRIPT_EXISTS', 2, `${path} is there already.`, {
      fix: 'Choose another message or --rev-id, or move the file away.',
      details: { path },
      cause: thrown,
    })
  }
  return path
}

/** All of the text or no file: half of one, or an empty one, would be a revision like any other. */
function writeNew(path: string, text: string): void {
  // Exclusive: a link that waits there is not followed.
  const file = openSync(path, 'wx')
  try {
    writeFileSync(file, text)
  } catch (thrown) {
    rmSync(path, { force: true })
    throw thrown
  } finally {
    closeSync(file)
  }
}

function notWritten(path: string, thrown: unknown): MigrateError {
  return new MigrateError('SCRIPT_NOT_WRITTEN', 1, `${path} could not be written.`, {
    why: messageOf(thrown),
    fix: ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(thrown))
      ? 'Make room on the disk, then run the command again.'
      : 'Make the folder writable for this user, or choose another: --version-path.',
    state: 'No revision was written, and the database was not touched.',
    details: { path },
    cause: thrown,
  })
}

function isExisting(thrown: unknown): boolean {
  return codeOf(thrown) === 'EEXIST'
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
}
