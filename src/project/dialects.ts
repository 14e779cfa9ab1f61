/** The one list of engines, and the way from a Knex configuration to its engine. */
import type { Dialect } from '../dialects/dialect.js'
import { mariadb } from '../dialects/mariadb/index.js'
import { postgres } from '../dialects/postgres/index.js'
import { sqlite } from '../dialects/sqlite/index.js'
import { MigrateError } from '../errors.js'
import { didYouMean } from './near-miss.js'

/** Every engine, in the order in which they are listed. */
export const DIALECTS: readonly Dialect[] = [sqlite, postgres, mariadb]

/** Knex's other names for a client. */
const ALIASES: Readonly<Record<string, string>> = { sqlite: 'sqlite3' }

/** Names of Knex's clients that the tool serves. */
function supportedClients(): readonly string[] {
  return DIALECTS.flatMap((dialect) => dialect.clients)
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
export function resolveClient(client: unknown, where: string): ResolvedClient {
  const names = clientNames(client)
  for (const name of names) {
    const known = ALIASES[name] ?? name
    const dialect = DIALECTS.find(({ clients }) => clients.includes(known))
    if (dialect !== undefined) return { client: known, dialect }
  }
  const allowed = supportedClients().join(', ')
  const [named] = names
  if (named === undefined) {
    throw new MigrateError('CLIENT_MISSING', 2, `${where} names no database client.`, {
      fix: `Give it a client: ${allowed}.`,
    })
  }
  throw new MigrateError(
    'CLIENT_UNSUPPORTED',
    2,
    `${where} names the client ${named}, which is not supported.${didYouMean(named, supportedClients())}`,
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
