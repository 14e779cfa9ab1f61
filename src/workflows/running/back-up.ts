/** The copy of the database that is made before a step loses data. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Connection } from '../../dialects/connection.js'
import type { Dialect } from '../../dialects/dialect.js'
import { MigrateError, withState } from '../../errors.js'
import type { BackupSettings } from '../../project/project.js'
import type { Io } from '../io.js'

/** What is copied, for which run. */
export interface BackupRequest {
  readonly dialect: Dialect
  readonly connection: Connection
  /** Absolute path of the database's file; null for one in memory, of which no copy is made. */
  readonly file: string | null
  readonly settings: BackupSettings
  /** The first revision that loses data; part of the copy's name. */
  readonly revision: string
  /** Milliseconds to wait for the write lock that the run will need; null: it is for no run. */
  readonly lockTimeout: number | null
}

const MARK = '.before-'

/**
 * Copies the database and removes the oldest copies beyond `keep`. The copy's path, or null where
 * the engine has no file to copy.
 * @throws MigrateError `BACKUP_TOO_LARGE` (exit 3) above `maxBytes`
 * @throws MigrateError `DATABASE_LOCKED` where the run that it is for could not begin
 */
export async function backUp(request: BackupRequest, io: Io): Promise<string | null> {
  const { file, settings } = request
  if (file === null || !request.dialect.facts.fileBackup) return null
  const { size } = statSync(file)
  if (size > settings.maxBytes) throw tooLarge(file, size, settings.maxBytes)
  if (request.lockTimeout !== null) await expectFree(request, request.lockTimeout)
  const folder = settings.folder ?? path.dirname(file)
  const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const slug = request.revision.replaceAll(/[^\w.-]/g, '_').slice(0, 60)
  const copy = freeName(path.join(folder, `${path.basename(file)}${MARK}${slug}-${stamp}`))
  const result = await request.dialect.backup(request.connection, copy)
  if (result === null) return null
  removeOldest(folder, `${path.basename(file)}${MARK}`, settings.keep)
  io.event({ kind: 'backup', path: result.path, bytes: result.bytes })
  return result.path
}

/**
 * Takes the write lock and gives it back: a copy made for a run that then does not get it would take
 * the place of one that somebody needs.
 */
async function expectFree(
  { dialect, connection }: BackupRequest,
  lockTimeout: number,
): Promise<void> {
  try {
    await dialect.frame.begin(connection, lockTimeout)
  } catch (thrown) {
    throw withState(thrown, 'Nothing ran: the database is as it was, and no copy was made.')
  }
  await dialect.frame.rollback(connection)
}

/** The name, or with a number behind it where another copy of the same second has it. */
function freeName(wanted: string): string {
  let name = wanted
  for (let n = 2; existsSync(name); n += 1) name = `${wanted}-${n}`
  return name
}

function removeOldest(folder: string, prefix: string, keep: number): void {
  const copies = readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => ({ name, time: statSync(path.join(folder, name)).mtimeMs }))
    .toSorted((a, b) => b.time - a.time)
  for (const { name } of copies.slice(Math.max(1, keep))) rmSync(path.join(folder, name))
}

function tooLarge(file: string, size: number, limit: number): MigrateError {
  return new MigrateError(
    'BACKUP_TOO_LARGE',
    3,
    `${file} has ${size} bytes, and copies are made up to ${limit} bytes.`,
    {
      why: 'A step that loses data is run only after the database was copied.',
      fix: 'Raise `backup.maxBytes` in the configuration, or run without a way back: `--no-backup`.',
      state: 'Nothing ran: the database is as it was.',
    },
  )
}
