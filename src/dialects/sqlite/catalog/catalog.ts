/** What `sqlite_schema` holds: every object with the text that made it. */
import type { Connection, Row } from '../../connection.js'
import { fold } from '../names.js'

export interface CatalogRow {
  readonly type: 'table' | 'index' | 'trigger' | 'view'
  readonly name: string
  /** The table that it is, or is on. */
  readonly table: string
  /** Null for the index behind a UNIQUE or PRIMARY KEY constraint. */
  readonly sql: string | null
}

// `sqlite_master` is the name that every version knows. Names of the engine's own begin with `sqlite_`.
const SELECT = `select type, name, tbl_name, sql from sqlite_master`
const OWN = `name not like 'sqlite\\_%' escape '\\'`

/** All objects but the engine's own, in the order of their creation. */
export async function readCatalog(connection: Connection): Promise<readonly CatalogRow[]> {
  return (await connection.query(`${SELECT} where ${OWN} order by rowid`)).map(catalogRow)
}

/** Tables of these names, with their indexes and triggers, in the order of their creation. */
export async function readCatalogOf(
  connection: Connection,
  tables: readonly string[],
): Promise<readonly CatalogRow[]> {
  if (tables.length === 0) return []
  const marks = tables.map(() => '?').join(', ')
  const rows = await connection.query(
    `${SELECT} where tbl_name collate nocase in (${marks}) and ${OWN} order by rowid`,
    tables,
  )
  return rows.map(catalogRow)
}

/** All views and triggers. */
export async function readViewsAndTriggers(connection: Connection): Promise<readonly CatalogRow[]> {
  const rows = await connection.query(`${SELECT} where type in ('view', 'trigger') order by rowid`)
  return rows.map(catalogRow)
}

/** Whether there is any view or trigger, without their texts. */
export async function hasViewOrTrigger(connection: Connection): Promise<boolean> {
  const rows = await connection.query(
    `select 1 from sqlite_master where type in ('view', 'trigger') limit 1`,
  )
  return rows.length > 0
}

/** Whether a row is a virtual table. */
export function isVirtual(row: CatalogRow): boolean {
  return row.type === 'table' && /^create\s+virtual\s/i.test(row.sql ?? '')
}

/** Rows by the folded name of the table that they are or are on. */
export function byTable(rows: readonly CatalogRow[]): ReadonlyMap<string, readonly CatalogRow[]> {
  const groups = new Map<string, CatalogRow[]>()
  for (const row of rows) {
    const key = fold(row.table)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}

function catalogRow(row: Row): CatalogRow {
  const { type, sql } = row
  if (type !== 'table' && type !== 'index' && type !== 'trigger' && type !== 'view') {
    throw new Error(`sqlite_schema lists a ${String(type)}`)
  }
  return {
    type,
    name: String(row.name),
    table: String(row.tbl_name),
    sql: typeof sql === 'string' ? sql : null,
  }
}
