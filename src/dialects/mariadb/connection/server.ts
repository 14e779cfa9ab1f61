/** What a session tells of the server that it talks to. */
import type { Connection, Row } from '../../connection.js'
import type { StringSpelling } from '../quote.js'

export interface Server extends StringSpelling {
  readonly flavour: 'mariadb' | 'mysql'
  /** Major, minor, patch. */
  readonly version: readonly number[]
  /** The database that the session is in; null for none. */
  readonly database: string | null
  /** What new tables of it get. */
  readonly charset: string
  readonly collation: string
  readonly engine: string
  /** Whether the server keeps or compares names of tables without their case. */
  readonly foldsTableNames: boolean
  readonly sqlMode: readonly string[]
}

/** A MariaDB as it is set up by default: what offline SQL is written for. */
export const USUAL_SERVER: Server = {
  flavour: 'mariadb',
  version: [10, 11, 0],
  database: null,
  charset: 'utf8mb4',
  collation: 'utf8mb4_general_ci',
  engine: 'InnoDB',
  foldsTableNames: false,
  backslashEscapes: true,
  sqlMode: ['STRICT_TRANS_TABLES'],
}

/** Asks the server what it is. */
export async function readServer(connection: Connection): Promise<Server> {
  const [row] = await connection.query(
    `select database() as db, version() as version, @@sql_mode as mode,
      @@lower_case_table_names as folds, @@character_set_database as charset,
      @@collation_database as collation, @@default_storage_engine as engine`,
  )
  if (row === undefined) throw new Error('the server says nothing of itself')
  return serverOf(row)
}

/** Whether the server's version is at least so high for its flavour; null means that it never is. */
export function isAtLeast(
  server: Server,
  versions: {
    readonly mariadb: readonly number[] | null
    readonly mysql: readonly number[] | null
  },
): boolean {
  const wanted = versions[server.flavour]
  if (wanted === null) return false
  for (const [at, part] of wanted.entries()) {
    const own = server.version[at] ?? 0
    if (own !== part) return own > part
  }
  return true
}

function serverOf(row: Row): Server {
  const version = text(row, 'version')
  const sqlMode = text(row, 'mode').split(',')
  // Older servers put a fixed `5.5.5-` in front for replication's sake.
  const numbers = /(\d+)\.(\d+)\.(\d+)/.exec(version.replace(/^5\.5\.5-/, ''))
  return {
    flavour: /mariadb/i.test(version) ? 'mariadb' : 'mysql',
    version: (numbers ?? []).slice(1).map(Number),
    database: row.db === null ? null : text(row, 'db'),
    charset: text(row, 'charset'),
    collation: text(row, 'collation'),
    engine: text(row, 'engine'),
    foldsTableNames: Number(row.folds) !== 0,
    backslashEscapes: !sqlMode.includes('NO_BACKSLASH_ESCAPES'),
    sqlMode,
  }
}

/** A column of a row as text; empty for null. */
export function text(row: Row, key: string): string {
  const value = row[key]
  if (value === null || value === undefined) return ''
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** A column of a row as text; null for null. */
export function textOrNull(row: Row, key: string): string | null {
  return row[key] === null || row[key] === undefined ? null : text(row, key)
}
