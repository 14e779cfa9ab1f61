/** The catalog of one database as rows: flat queries, joined here, since the server joins them slowly. */
import type { Connection, Row } from '../../connection.js'
import type { Server } from '../connection/server.js'
import { withWideLabels } from './wide-labels.js'

export interface CatalogScope {
  readonly database: string
  /** Null is every table. */
  readonly only: readonly string[] | null
}

/** Rows by what they are about; `checks` have a key `table_name` on either server. */
export interface Catalog {
  readonly tables: readonly Row[]
  readonly columns: readonly Row[]
  readonly indexes: readonly Row[]
  readonly keyColumns: readonly Row[]
  readonly keyRules: readonly Row[]
  readonly checks: readonly Row[]
  readonly charsets: readonly Row[]
}

const EMPTY: Catalog = {
  tables: [],
  columns: [],
  indexes: [],
  keyColumns: [],
  keyRules: [],
  checks: [],
  charsets: [],
}

const TABLES = `select table_name as name, table_type as type, engine, table_collation as collation,
  table_comment as comment, create_options as options
  from information_schema.tables where table_schema = ?`

const COLUMNS = `select table_name as tbl, column_name as name, column_default as dflt,
  is_nullable as nullable, column_type as type, character_set_name as charset,
  collation_name as collation, extra, column_comment as comment, generation_expression as generation
  from information_schema.columns where table_schema = ?`

const KEY_COLUMNS = `select table_name as tbl, constraint_name as name, column_name as col,
  referenced_table_schema as ref_schema, referenced_table_name as ref_table,
  referenced_column_name as ref_col
  from information_schema.key_column_usage
  where table_schema = ? and referenced_table_name is not null`

const KEY_RULES = `select table_name as tbl, constraint_name as name, update_rule as on_update,
  delete_rule as on_delete
  from information_schema.referential_constraints where constraint_schema = ?`

const MARIADB_CHECKS = `select * from information_schema.check_constraints where constraint_schema = ?`

const MYSQL_CHECKS = `select t.table_name, c.constraint_name, c.check_clause
  from information_schema.table_constraints t
  join information_schema.check_constraints c
    on c.constraint_schema = t.constraint_schema and c.constraint_name = t.constraint_name
  where t.constraint_type = 'CHECK' and t.constraint_schema = ?`

const CHARSETS = `select character_set_name as name, default_collate_name as collation, maxlen
  from information_schema.character_sets`

/** Reads what is known of the tables in scope, in a number of queries that does not depend on them. */
export async function readCatalog(
  connection: Connection,
  server: Server,
  scope: CatalogScope,
): Promise<Catalog> {
  const read = (sql: string, order: string, table = 'table_name'): Promise<readonly Row[]> => {
    const names = scope.only ?? []
    // One table by its name is looked up; a list is not.
    const list = ['null', ...names.map(() => '?')].join(', ')
    const among = names.length === 1 ? ` and ${table} = ?` : ` and ${table} in (${list})`
    const filter = scope.only === null ? '' : among
    return connection.query(`${sql}${filter}${order}`, [scope.database, ...names])
  }
  const isMariadb = server.flavour === 'mariadb'
  const indexComment = isMariadb ? 'null as expression' : 'expression'
  const indexes = `select table_name as tbl, index_name as name, non_unique, seq_in_index as seq,
    column_name as col, sub_part as prefix, collation, index_type as type, index_comment as comment,
    ${indexComment} from information_schema.statistics where table_schema = ?`
  const tables = await read(TABLES, '')
  // Nothing more is known of what is not there, and every question costs the server a search.
  if (tables.length === 0) return EMPTY
  const [columns, statistics, keyColumns, keyRules, checks, charsets] = await Promise.all([
    read(COLUMNS, ' order by table_name, ordinal_position'),
    read(indexes, ' order by table_name, index_name, seq_in_index'),
    read(KEY_COLUMNS, ' order by table_name, constraint_name, ordinal_position'),
    read(KEY_RULES, ''),
    isMariadb ? read(MARIADB_CHECKS, '') : read(MYSQL_CHECKS, '', 't.table_name'),
    readCharsets(connection),
  ])
  return {
    tables,
    columns: await withWideLabels(connection, server, { database: scope.database, rows: columns }),
    indexes: statistics,
    keyColumns,
    keyRules,
    checks: checks.map(lowerKeys),
    charsets,
  }
}

/** The character sets of servers, by the driver's handle of the session: they do not change. */
const known = new WeakMap<object, readonly Row[]>()

async function readCharsets(connection: Connection): Promise<readonly Row[]> {
  const { handle } = connection
  const key = typeof handle === 'object' ? handle : null
  const kept = key === null ? undefined : known.get(key)
  if (kept !== undefined) return kept
  const rows = await connection.query(CHARSETS)
  if (key !== null) known.set(key, rows)
  return rows
}

function lowerKeys(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key.toLowerCase(), value]))
}
