/** A copy of the whole database: made while others use it, checked, and in place only when it is whole. */
import { existsSync } from 'node:fs'
import { link, open, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { MigrateError, messageOf } from '../../../errors.js'
import type { Connection } from '../../connection.js'
import type { BackupResult } from '../../dialect.js'
import { explain, resultCode } from './explain.js'
import { openBeside, sessionOf } from './session.js'
import { nodeCrypto } from '../../../node-crypto.js'

const FILE_FIX =
  'Let this user write to the folder, name another as `backup.folder`, or go without a copy: `--no-backup`.'

/**
 * Copies the database to `path`, readable by its owner only from the first byte on. Nothing is there
 * before the copy is synced and passed SQLite's `quick_check`; an existing file is never replaced.
 * @throws MigrateError `BACKUP_EXISTS`, `BACKUP_NO_SPACE`, `BACKUP_FAILED`
 */
export async function backup(connection: Connection, path: string): Promise<BackupResult> {
  if (existsSync(path)) throw exists(path)
  await expectSpace(connection, path)
  const partial = `${path}.part-${nodeCrypto().randomBytes(6).toString('hex')}`
  try {
    const file = await open(partial, 'wx', 0o600)
    await file.close()
    await sessionOf(connection).backup(partial)
    await checkCopy(connection, partial)
    await sync(partial)
    const { size } = await stat(partial)
    await putInPlace(partial, path)
    await sync(dirname(path))
    return { path, bytes: size }
  } catch (thrown) {
    throw failed(path, thrown)
  } finally {
    // Settled: what cannot be removed must not hide why the copy failed.
    await Promise.allSettled(
      ['', '-wal', '-shm', '-journal'].map((end) => rm(partial + end, { force: true })),
    )
  }
}

async function expectSpace(connection: Connection, path: string): Promise<void> {
  const [row] = await connection.query(
    'select page_count * page_size as bytes from pragma_page_count, pragma_page_size',
  )
  const needed = Number(row?.bytes)
  const folder = dirname(path)
  if (!existsSync(folder)) {
    throw new MigrateError('BACKUP_FAILED', 1, `There is no folder ${folder} for the copy.`, {
      fix: 'Make the folder, or name another one as `backup.folder` in the configuration.',
      state: 'Nothing was copied.',
      details: { path },
    })
  }
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free >= needed) return
  throw new MigrateError(
    'BACKUP_NO_SPACE',
    1,
    `The copy needs ${needed} bytes, and ${folder} has ${free} bytes free.`,
    {
      fix: 'Make room, name another folder as `backup.folder`, or go without a copy: `--no-backup`.',
      state: 'Nothing was copied.',
      details: { path, needed, free },
    },
  )
}

async function checkCopy(connection: Connection, path: string): Promise<void> {
  const copy = await openBeside(connection, path)
  try {
    const rows = await copy.all('pragma quick_check', [])
    const problems = rows
      .map((row) => String(Object.values(row)[0]))
      .filter((text) => text !== 'ok')
    if (problems.length > 0) {
      throw new MigrateError('DATABASE_CORRUPT', 1, 'The database is damaged.', {
        why: `quick_check said: ${problems.slice(0, 3).join('; ')}.`,
        fix: 'Put an earlier copy of the database back in its place before anything is changed.',
        details: { problems: problems.slice(0, 20) },
      })
    }
  } finally {
    await copy.close()
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A hard link fails where the name is taken, a rename would replace the file; not every disk has links. */
async function putInPlace(partial: string, path: string): Promise<void> {
  try {
    await link(partial, path)
  } catch {
    if (existsSync(path)) throw exists(path)
    await rename(partial, path)
  }
}

function exists(path: string): MigrateError {
  return new MigrateError('BACKUP_EXISTS', 1, `There is already a file ${path}.`, {
    fix: 'Move it away, or name another folder as `backup.folder` in the configuration.',
    state: 'Nothing was copied.',
    details: { path },
  })
}

function failed(path: string, thrown: unknown): MigrateError {
  if (thrown instanceof MigrateError) return thrown
  // What the file system refuses is no statement of SQLite.
  const known =
    resultCode(thrown) === ''
      ? { message: messageOf(thrown), why: null, fix: FILE_FIX }
      : explain(thrown)
  return new MigrateError('BACKUP_FAILED', 1, `The copy ${path} was not made: ${known.message}`, {
    ...(known.why === null ? {} : { why: known.why }),
    fix: known.fix,
    state: 'Nothing was copied, and the database is as it was.',
    details: { path },
    cause: thrown,
  })
}
