/** The one list of engines, and the way from a Knex configuration to its engine. */
import type { Dialect } from '../dialects/dialect.js'
import { MigrateError } from '../errors.js'
import { didYouMean } from './near-miss.js'

/** Knex's names of the clients that an engine serves; one project needs one engine, or few, to be loaded. */
const ENGINES: readonly {
  readonly clients: readonly string[]
  readonly load: () => Promise<Dialect>
}[] = [
  {
    clients: ['better-sqlite3', 'sqlite3'],
    load: async () => (await import('../dialects/sqlite/index.js')).sqlite,
  },
  {
    clients: ['pg', 'postgres', 'postgresql'],
    load: async () => (await import('../dialects/postgres/index.js')).postgres,
  },
  {
    clients: ['mysql2', 'mysql'],
    load: async () => (await import('../dialects/mariadb/index.js')).mariadb,
  },
]

/** Knex's other names for a client. */
const ALIASES: Readonly<Record<string, string>> = { sqlite: 'sqlite3' }

/** Knex's clients for engines that the tool does not serve: no slip of the finger. */
const OTHER_CLIENTS: readonly string[] = [
  'mssql',
  'oracledb',
  'oracle',
  'cockroachdb',
  'redshift',
  'pgnative',
]

/** Names of Knex's clients that the tool serves. */
function supportedClients(): readonly string[] {
  return ENGINES.flatMap(({ clients }) => clients)
}

/** A client of Knex as the configuration names it, with the engine that serves it. */
export interface ResolvedClient {
  readonly client: string
  readonly dialect: Dialect
}

/**
 * The engine for a Knex configuration's `client`: a name, or a client class.
 * @throws MigrateError `CLIENT_MISSING`, `CLIENT_UNSUPPORTED`
 */
export async function resolveClient(client: unknown, where: string): Promise<ResolvedClient> {
  const names = clientNames(client)
  for (const name of names) {
    const known = ALIASES[name] ?? name
    const engine = ENGINES.find(({ clients }) => clients.includes(known))
    if (engine !== undefined) return { client: known, dialect: await engine.load() }
  }
  const allowed = supportedClients().join(', ')
  const [named] = names
  if (named === undefined) {
    throw new MigrateError('CLIENT_MISSING', 2, `${where} names no database client.`, {
      fix: `Give it a client: ${allowed}.`,
    })
  }
  const meant = OTHER_CLIENTS.includes(named) ? '' : didYouMean(named, supportedClients())
  throw new MigrateError(
    'CLIENT_UNSUPPORTED',
    2,
    `${where} names the client ${named}, which is not supported.${meant}`,
    { fix: `Supported clients: ${allowed}.`, details: { client: named } },
  )
}

/** The names to try, the most telling first. */
function clientNames(client: unknown): readonly string[] {
  if (typeof client === 'string' && client !== '') return [client]
  if (typeof client !== 'function') return []
  // A client class of Knex, or one derived from it, says on its prototype what it drives.
  const prototype = client.prototype as unknown
  if (typeof prototype !== 'object' || prototype === null) return [client.name]
  const names = ['driverName', 'dialect'].map((key): unknown => Reflect.get(prototype, key))
  return [...names.filter((name) => typeof name === 'string' && name !== ''), client.name].map(
    String,
  )
}
