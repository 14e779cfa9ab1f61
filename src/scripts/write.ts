/** Puts scripts on disk, never outside their folder and never half. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, isAbsolute } from 'node:path'
import { MigrateError } from '../errors.js'

/**
 * Writes a new script and gives its absolute path. The folder is made where it is missing.
 * @throws MigrateError `SCRIPT_EXISTS` where a file of that name is there already, also as a link
 */
export function writeScript(folder: string, name: string, text: string): string {
  if (name !== basename(name) || /[\\/]/.test(name) || name.startsWith('.')) {
    throw new Error(`${JSON.stringify(name)} is no file name.`)
  }
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  try {
    // Exclusive: a link that waits there is not followed.
    writeFileSync(path, text, { flag: 'wx' })
  } catch (thrown) {
    if (!isExisting(thrown)) throw thrown
    throw new MigrateError('SCRIPT_EXISTS', 2, `${path} is there already.`, {
      fix: 'Choose another message or --rev-id, or move the file away.',
      details: { path },
      cause: thrown,
    })
  }
  return path
}

/**
 * Replaces the text of a script, whole or not at all; who may read it stays.
 * @throws MigrateError `SCRIPT_OUTSIDE` where its path is a link that leads out of its folder
 */
export function replaceScript(path: string, text: string): void {
  const target = insideFolder(path)
  const partial = join(dirname(target), `.${basename(target)}.${process.pid}`)
  writeFileSync(partial, text, { flag: 'wx' })
  chmodSync(partial, statSync(target).mode)
  renameSync(partial, target)
}

/** The real place of a script; a link inside the folder is followed. */
function insideFolder(path: string): string {
  if (!lstatSync(path).isSymbolicLink()) return path
  const target = realpathSync(path)
  const way = relative(realpathSync(dirname(path)), target)
  if (!way.startsWith('..') && !isAbsolute(way)) return target
  throw new MigrateError(
    'SCRIPT_OUTSIDE',
    2,
    `${path} is a link to ${target}, outside of its folder.`,
    {
      why: 'A script is changed only where it is kept.',
      fix: `Change ${target} by hand, or put the file itself into the folder.`,
      details: { path, target },
    },
  )
}

function isExisting(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST'
}
