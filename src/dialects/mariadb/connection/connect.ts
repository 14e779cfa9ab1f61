/** Opens a session as the tool wants it: its timeouts, and read-only where it only looks. */
import { MigrateError } from '../../../errors.js'
import type { Connection, ConnectionSettings } from '../../connection.js'
import { addressOf, driverOptions, isReadable } from './address.js'
import { noDatabaseNamed, noUrl } from './connect-error.js'
import { readServer, type Server } from './server.js'
import type { Session } from './session.js'
import { openSession } from './session.js'

/** @throws MigrateError with a code that starts with `CONNECT_` */
export async function connect(driver: unknown, settings: ConnectionSettings): Promise<Connection> {
  if (!isReadable(settings.connection)) throw noUrl()
  const options = driverOptions(settings.connection)
  const address = addressOf(options)
  if (address.database === null) throw noDatabaseNamed(address)
  const session = await openSession({
    driver,
    options,
    address,
    ready: (opened) => runHook(opened, settings),
  })
  try {
    const server = await readServer(session)
    session.readStringsAs(server)
    await session.execute(`set session ${sessionVariables(settings, server).join(', ')}`)
    if (settings.readOnly) await session.execute('set session transaction read only')
    return session
  } catch (thrown) {
    await session.close()
    throw thrown
  }
}

/** The database's name for a person: `localhost:3306/app`. */
export function describe(settings: ConnectionSettings): string {
  const { place, database } = addressOf(driverOptions(settings.connection))
  return `${place}/${database ?? ''}`
}

/**
 * Runs the project's hook. To read only, what it writes is refused, and that is no error; what the
 * session is for is decided afterwards.
 */
async function runHook(session: Session, settings: ConnectionSettings): Promise<void> {
  const { afterCreate, readOnly } = settings
  if (afterCreate === undefined) return
  if (readOnly) await session.execute('set session transaction read only')
  try {
    await afterCreate(session.handle)
  } catch (thrown) {
    if (!readOnly || !isReadOnlyRefusal(thrown)) throw thrown
  }
  if (readOnly) await session.execute('set session transaction read write')
}

/** ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION (https://mariadb.com/kb/en/mariadb-error-code-reference/). */
function isReadOnlyRefusal(thrown: unknown): boolean {
  const cause = thrown instanceof MigrateError ? thrown.cause : null
  return cause instanceof Error && 'errno' in cause && cause.errno === 1792
}

function sessionVariables(settings: ConnectionSettings, server: Server): readonly string[] {
  // Whole seconds, at least one: shorter waits are not to be had.
  const seconds = Math.max(1, Math.ceil(settings.lockTimeout / 1000))
  const limit = settings.statementTimeout
  const statement =
    server.flavour === 'mariadb'
      ? `max_statement_time = ${(limit ?? 0) / 1000}`
      : // MySQL stops nothing but queries.
        `max_execution_time = ${limit ?? 0}`
  return [
    `lock_wait_timeout = ${seconds}`,
    `innodb_lock_wait_timeout = ${seconds}`,
    ...(limit === null ? [] : [statement]),
  ]
}
