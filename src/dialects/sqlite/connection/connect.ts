/** Opens a session, or says in the person's words why it cannot. */
import { accessSync, constants, existsSync, openSync, readSync, closeSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { MigrateError } from '../../../errors.js'
import type { Connection, ConnectionSettings } from '../../connection.js'
import { explain } from './explain.js'
import type { Location } from './location.js'
import { locate } from './location.js'
import type { Session } from './session.js'
import { openSession, takesUris } from './session.js'
import { explainViolation } from './violations.js'

/**
 * A session with the project's driver. To read only, it makes no file: a missing database is an error;
 * to write, it makes the file but no folder.
 */
export async function connect(driver: unknown, settings: ConnectionSettings): Promise<Connection> {
  const location = locate(settings, takesUris(driver))
  const { path } = location
  if (path !== null) expectFile(path, location.readOnly)
  // Opened to read, a database in WAL mode leaves its log behind; opened to write, the last to close removes it.
  const asWriter = path === null || (location.readOnly && isIdleWal(path))
  let session: Session
  try {
    session = await openSession(driver, location.file, {
      ...location,
      readOnly: location.readOnly && !asWriter,
      create: !location.readOnly || path === null,
    })
  } catch (thrown) {
    throw explain(thrown, { path })
  }
  try {
    await runHook(session, location, settings)
    await prepare(session, location, settings)
  } catch (thrown) {
    await session.close()
    throw explain(thrown, { path })
  }
  return connectionOf(session)
}

type Hook = NonNullable<ConnectionSettings['afterCreate']>

const hooks = new WeakMap<object, Hook>()

/** Does with a session what the project does with the connection's: functions of its own are there. */
export async function readyLike({ handle }: Connection, session: Session): Promise<void> {
  const hook = typeof handle === 'object' && handle !== null ? hooks.get(handle) : undefined
  await hook?.(session.handle)
}

/** Runs the project's hook, where there is one, and remembers it for copies of the session. */
export async function makeReady(session: Session, hook: Hook | undefined): Promise<void> {
  if (hook === undefined) return
  if (typeof session.handle === 'object' && session.handle !== null) {
    hooks.set(session.handle, hook)
  }
  await hook(session.handle)
}

/** Runs the project's hook. To read only, what it writes is refused, and that is no error. */
async function runHook(
  session: Session,
  { readOnly }: Location,
  { afterCreate }: ConnectionSettings,
): Promise<void> {
  if (afterCreate === undefined) return
  if (readOnly) await session.run('pragma query_only = on', [])
  try {
    await makeReady(session, afterCreate)
  } catch (thrown) {
    if (!readOnly || !isReadOnlyRefusal(thrown)) throw thrown
  }
}

function isReadOnlyRefusal(thrown: unknown): boolean {
  const cause = thrown instanceof MigrateError ? thrown.cause : null
  return (
    cause instanceof Error &&
    'code' in cause &&
    typeof cause.code === 'string' &&
    cause.code.startsWith('SQLITE_READONLY')
  )
}

/** A session as the rest of the tool sees it: what its driver throws is explained. */
export function connectionOf(session: Session): Connection {
  const { handle, now } = session
  const failed = async (sql: string, thrown: unknown): Promise<never> => {
    throw (await explainViolation(session, sql, thrown)) ?? explain(thrown, { sql })
  }
  const close = (): Promise<void> => session.close()
  if (now === null) {
    return {
      handle,
      query: (sql, bindings = []) =>
        session.all(sql, bindings).catch((thrown: unknown) => {
          throw explain(thrown, { sql })
        }),
      execute: (sql, bindings = []) =>
        session.run(sql, bindings).catch((thrown: unknown) => failed(sql, thrown)),
      close,
    }
  }
  // No promise but the one that is asked for: a history of a thousand revisions asks 18,000 times.
  return {
    handle,
    query(sql, bindings = []) {
      try {
        return Promise.resolve(now.all(sql, bindings))
      } catch (thrown) {
        return Promise.reject(explain(thrown, { sql }))
      }
    },
    execute(sql, bindings = []) {
      try {
        return Promise.resolve(now.run(sql, bindings))
      } catch (thrown) {
        return failed(sql, thrown)
      }
    },
    close,
  }
}

async function prepare(
  session: Session,
  location: Location,
  settings: ConnectionSettings,
): Promise<void> {
  await session.run(`pragma busy_timeout = ${Math.max(0, Math.round(settings.lockTimeout))}`, [])
  if (location.readOnly) await session.run('pragma query_only = on', [])
  // The first read finds out whether the file is a database at all.
  await session.all('select count(*) as n from sqlite_master', [])
  if (location.safeIntegers) session.readIntegersAsBigints()
}

function expectFile(path: string, readOnly: boolean): void {
  if (!existsSync(dirname(path))) {
    throw new MigrateError('CONNECT_NO_FOLDER', 2, `There is no folder ${dirname(path)}.`, {
      why: `The database is to be ${path}.`,
      fix: 'Make the folder, or look at connection.filename in the Knex configuration.',
      details: { path },
    })
  }
  if (!existsSync(path)) {
    if (!readOnly) return
    throw new MigrateError('CONNECT_NO_DATABASE', 1, `There is no database ${path} yet.`, {
      why: 'Only a command that writes makes it.',
      fix: 'Run `migrate-tui upgrade`, or look at connection.filename in the Knex configuration.',
      details: { path },
    })
  }
  if (statSync(path).isDirectory()) {
    throw new MigrateError('CONNECT_NOT_A_DATABASE', 2, `${path} is a folder.`, {
      fix: 'Name a file as connection.filename in the Knex configuration.',
      details: { path },
    })
  }
  try {
    accessSync(path, readOnly ? constants.R_OK : constants.R_OK | constants.W_OK)
  } catch (thrown) {
    throw noPermission(path, readOnly ? 'read' : 'read and written', thrown)
  }
}

function noPermission(path: string, verb: string, cause: unknown): MigrateError {
  return new MigrateError('CONNECT_NO_PERMISSION', 1, `${path} cannot be ${verb} by this user.`, {
    fix: `Change the rights on it (ls -l ${path}), or run as its owner.`,
    details: { path },
    cause,
  })
}

/** Whether the file is in WAL mode (byte 18 of its header is 2) and nobody has its log open. */
function isIdleWal(path: string): boolean {
  if (existsSync(`${path}-wal`)) return false
  const file = openToRead(path)
  try {
    const header = Buffer.alloc(20)
    return readSync(file, header, 0, 20, 0) === 20 && header[18] === 2
  } finally {
    closeSync(file)
  }
}

/** Rights that were asked for before may be those of another than the effective user. */
function openToRead(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (thrown) {
    throw noPermission(path, 'read', thrown)
  }
}
