/** Reads many small files fast: one buffer for all of them, and nothing asynchronous. */
import { closeSync, lstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { MigrateError, messageOf } from '../../errors.js'

/** Larger than nearly every script; a larger one is read in the ordinary way. */
const BYTES = 1 << 16

const buffer = Buffer.allocUnsafe(BYTES)

/**
 * The text of a UTF-8 file, without a byte order mark.
 * @throws MigrateError `SCRIPT_UNREADABLE`
 */
export function readText(path: string): string {
  let text: string
  try {
    text = readWhole(path)
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

function readWhole(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = readSync(file, buffer, 0, BYTES, 0)
    if (bytes < BYTES) return buffer.toString('utf8', 0, bytes)
  } finally {
    closeSync(file)
  }
  return readFileSync(path, 'utf8')
}

function unreadable(path: string, thrown: unknown): MigrateError {
  return new MigrateError(
    'SCRIPT_UNREADABLE',
    2,
    `${path} could not be read: ${reasonOf(path, thrown)}.`,
    {
      why: 'Every file of a revision folder with the name of a script is read.',
      fix: 'Move it away, or make it readable.',
      state: 'Nothing was changed.',
      details: { path },
      cause: thrown,
    },
  )
}

function reasonOf(path: string, thrown: unknown): string {
  switch (thrown instanceof Error && 'code' in thrown ? thrown.code : null) {
    case 'EISDIR':
      return 'it is a folder'
    case 'EACCES':
    case 'EPERM':
      return 'this user may not'
    case 'ENOENT':
      return isLink(path) ? 'it is a link that leads nowhere' : 'it is gone'
    default:
      return messageOf(thrown)
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}
