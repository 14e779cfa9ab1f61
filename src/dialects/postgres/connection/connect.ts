/** Opens sessions with the driver that the project has, as Knex's configuration says. */
import type { Client, ClientConfig, QueryResult } from 'pg'
import { MigrateError } from '../../../errors.js'
import type { ConnectionSettings } from '../../connection.js'
import type { Address } from './address.js'
import { addressOf, isReadable } from './address.js'
import { requireUsable } from './usable-settings.js'
import { connectFailure, noUrl } from './connect-error.js'
import type { PostgresConnection } from './session.js'
import { openConnection } from './session.js'
import { quoteList } from '../names.js'
import { refuseSharedSessions } from './pooler.js'
import { createRunLock } from './run-lock.js'

/** What the driver module must hold. */
interface Driver {
  readonly Client: new (config: ClientConfig) => Client
}

/** The catalogs are read in the form they have since PostgreSQL 12. */
const OLDEST = 120000

/** Milliseconds to wait for a server that does not even refuse. */
const CONNECT_TIMEOUT = 10_000

/**
 * A session with the settings of the configuration in force.
 * @throws MigrateError `CONNECT_SETTINGS`, `CONNECT_PASSWORD`, `CONNECT_NO_DATABASE`, `CONNECT_UNREACHABLE`, `CONNECT_TLS`,
 *   `CONNECT_REFUSED`, `CONNECT_BUSY`, `CONNECT_SERVER_OLD`, `CONNECT_POOLER`, `CONNECT_SEARCH_PATH`,
 *   `CONNECT_FAILED`
 */
export async function connect(
  driver: unknown,
  settings: ConnectionSettings,
): Promise<PostgresConnection> {
  if (!isReadable(settings.connection)) throw noUrl()
  const address = addressOf(settings.connection)
  requireUsable(settings.connection, address)
  const { client, version } = await openClient(driver, settings, address)
  const lock = createRunLock(async (name) => {
    const own = await openClient(driver, { ...settings, statementTimeout: null }, address)
    await own.client.query("select set_config('application_name', $1, false)", [name])
    return own.client
  })
  return openConnection({ client, address, version, lock })
}

interface Opened {
  readonly client: Client
  readonly version: number
}

async function openClient(
  driver: unknown,
  settings: ConnectionSettings,
  address: Address,
): Promise<Opened> {
  const client = clientOf(driver, settings.connection)
  // An idle session that is lost says so here; the next statement fails with the reason.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { version, pid } = await greet(client)
    await refuseSharedSessions(client, pid, {
      address,
      open: async () => {
        const other = clientOf(driver, settings.connection)
        other.on('error', () => undefined)
        await other.connect()
        return other
      },
    })
    await runHook(client, settings)
    await prepareSession(client, settings, version)
    return { client, version }
  } catch (thrown) {
    await client.end().catch(() => undefined)
    throw thrown instanceof MigrateError ? thrown : connectFailure(thrown, address)
  }
}

function clientOf(driver: unknown, connection: unknown): Client {
  const { Client } = driverModule(driver)
  const given =
    typeof connection === 'string' ? { connectionString: connection } : { ...objectOf(connection) }
  return new Client({
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
    fallback_application_name: 'migrate-tui',
    ...given,
  })
}

function objectOf(connection: unknown): object {
  return typeof connection === 'object' && connection !== null ? connection : {}
}

/** The module as `require` or `import` gives it. */
function driverModule(driver: unknown): Driver {
  const module = objectOf(driver)
  const inner = 'Client' in module ? module : objectOf(Reflect.get(module, 'default'))
  if (!('Client' in inner)) {
    throw new MigrateError('CONNECT_DRIVER_UNUSABLE', 2, 'The package pg holds no Client.', {
      fix: 'Install it again: npm install pg.',
    })
  }
  return inner as Driver // the package of that name
}

/** The server's version, and its process that answers here; nothing is set yet. */
async function greet(client: Client): Promise<{ readonly version: number; readonly pid: number }> {
  const { rows } = await client.query<{ version: string; pid: string }>(
    "select current_setting('server_version_num') as version, pg_backend_pid()::text as pid",
  )
  const version = Number(rows[0]?.version)
  if (version < OLDEST) throw serverOld(version)
  return { version, pid: Number(rows[0]?.pid) }
}

/**
 * Runs the project's hook where Knex would: with its search path set, which the hook may change. To
 * read only, what it writes is refused, and that is no error.
 */
async function runHook(client: Client, settings: ConnectionSettings): Promise<void> {
  const { afterCreate, searchPath, readOnly } = settings
  if (searchPath.length > 0) await client.query(`set search_path to ${quoteList(searchPath)}`)
  if (afterCreate === undefined) return
  if (readOnly) await client.query(READ_ONLY)
  try {
    await afterCreate(client)
  } catch (thrown) {
    if (!readOnly || !isReadOnlyRefusal(thrown)) throw thrown
  }
}

const READ_ONLY = 'set default_transaction_read_only to on'

/** `read_only_sql_transaction` (manual, appendix A). */
function isReadOnlyRefusal(thrown: unknown): boolean {
  const cause = thrown instanceof MigrateError ? thrown.cause : null
  return cause instanceof Error && 'code' in cause && cause.code === '25006'
}

/** Puts the tool's own settings in force. */
async function prepareSession(
  client: Client,
  settings: ConnectionSettings,
  version: number,
): Promise<void> {
  const { searchPath, lockTimeout, statementTimeout, readOnly } = settings
  const statements = [
    `set lock_timeout to ${Math.max(1, Math.round(lockTimeout))}`,
    ...(statementTimeout === null
      ? []
      : [`set statement_timeout to ${Math.round(statementTimeout)}`]),
    ...(readOnly ? [READ_ONLY] : []),
  ]
  const { schema, path } = await setAndAsk(client, statements)
  // A path that is empty on purpose names nothing: every name has its schema.
  const isEmpty = path === '' || path === '""'
  if (schema === null && !isEmpty) throw noSchema(searchPath, path)
  if (version >= 140000) await noticeDeadClients(client)
}

interface PathInForce {
  /** Where unqualified names lead; null where no schema of the path is there, or may be used. */
  readonly schema: string | null
  readonly path: string
}

/** Runs statements in one round trip with the question where names lead after them. */
async function setAndAsk(client: Client, statements: readonly string[]): Promise<PathInForce> {
  const ask = "select current_schema() as schema, current_setting('search_path') as path"
  const answer: unknown = await client.query([...statements, ask].join('; '))
  const last = (Array.isArray(answer) ? answer.at(-1) : answer) as QueryResult<PathInForce> // of `ask`
  return last.rows[0] ?? { schema: null, path: '' }
}

/**
 * A statement of a client that was killed would go on to its end and keep its locks. Not every system
 * can tell (manual, client_connection_check_interval); then it stays so.
 */
async function noticeDeadClients(client: Client): Promise<void> {
  await client.query("set client_connection_check_interval to '1s'").catch(() => undefined)
}

function serverOld(version: number): MigrateError {
  return new MigrateError(
    'CONNECT_SERVER_OLD',
    1,
    `The server is PostgreSQL ${Math.floor(version / 10000)}; 12 is the oldest that is supported.`,
    { fix: 'Upgrade the server.' },
  )
}

function noSchema(searchPath: readonly string[], path: string): MigrateError {
  if (searchPath.length === 0) {
    return new MigrateError(
      'CONNECT_SEARCH_PATH',
      2,
      `No schema of the search path is there, or this user may use none: ${path}.`,
      {
        fix: 'Create one, grant usage on it to this user, or set another search_path for the user or the connection.',
        state: 'Nothing was touched.',
      },
    )
  }
  return new MigrateError(
    'CONNECT_SEARCH_PATH',
    2,
    `None of the schemas in searchPath exists, or this user may use none: ${searchPath.join(', ')}.`,
    {
      fix: `Create it (create schema ${quoteList(searchPath.slice(0, 1))}), grant usage on it, or correct searchPath.`,
    },
  )
}
