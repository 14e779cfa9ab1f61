/**
 * What a session knows of its database's structure, carried from one guarded revision to the next: the
 * texts of all objects, and who references whom. Read whole once, then only where something changed.
 */
import type { Connection } from '../dialect.js'
import type { CatalogRow } from './catalog.js'
import { byTable, readCatalog, readCatalogOf, readViewsAndTriggers } from './catalog.js'
import { fold } from './names.js'

/** Objects by the folded name of the table, or view, that they are or are on. */
export type Groups = ReadonlyMap<string, readonly CatalogRow[]>

export interface KnownSchema {
  /** SQLite's own count of structural changes. */
  readonly version: number
  /** Only this file changes the maps: to copy them would cost more the more tables there are. */
  readonly groups: Map<string, readonly CatalogRow[]>
  /** The folded names of the tables that each table references, by its folded name. */
  readonly parents: Map<string, readonly string[]>
}

const known = new WeakMap<object, KnownSchema>()

/** The structure as it stands; read anew only where it is not what is remembered. */
export async function knownSchema(connection: Connection): Promise<KnownSchema> {
  const version = await schemaVersion(connection)
  const remembered = known.get(keyOf(connection))
  if (remembered?.version === version) return remembered
  return readSchema(connection)
}

/** Reads the whole structure and remembers it; references only of tables that are not as in `before`. */
export async function readSchema(
  connection: Connection,
  before: KnownSchema | null = null,
): Promise<KnownSchema> {
  const groups = new Map(byTable(await readCatalog(connection)))
  const parents =
    before === null ? await readParents(connection) : await parentsSince(connection, before, groups)
  const schema = { version: await schemaVersion(connection), groups, parents }
  known.set(keyOf(connection), schema)
  return schema
}

/** The rows of some tables: those that are remembered, as long as nothing has changed since. */
export async function rowsOf(
  connection: Connection,
  tables: readonly string[],
): Promise<readonly CatalogRow[]> {
  const remembered = known.get(keyOf(connection))
  if (remembered === undefined) return await readCatalogOf(connection, tables)
  const isCurrent = (await schemaVersion(connection)) === remembered.version
  return isCurrent
    ? tables.flatMap((table) => remembered.groups.get(fold(table)) ?? [])
    : await readCatalogOf(connection, tables)
}

/** All views and triggers. */
export async function viewsAndTriggers(connection: Connection): Promise<readonly CatalogRow[]> {
  const remembered = known.get(keyOf(connection))
  if (remembered === undefined) return await readViewsAndTriggers(connection)
  if ((await schemaVersion(connection)) !== remembered.version) {
    return await readViewsAndTriggers(connection)
  }
  return [...remembered.groups.values()].flatMap((rows) =>
    rows.filter((row) => row.type === 'view' || row.type === 'trigger'),
  )
}

/** After a rollback the version may come again with another structure behind it. */
export function forgetSchema(connection: Connection): void {
  known.delete(keyOf(connection))
}

/** Remembers some tables as they are at a version, where nothing else has changed. */
export async function rememberTables(
  connection: Connection,
  { groups, parents }: KnownSchema,
  changed: {
    readonly version: number
    readonly tables: readonly string[]
    readonly groups: Groups
  },
): Promise<void> {
  for (const table of changed.tables) {
    const rows = changed.groups.get(table)
    if (rows === undefined) {
      groups.delete(table)
      parents.delete(table)
    } else {
      groups.set(table, rows)
      parents.set(table, referencesNone(rows) ? [] : await parentsOf(connection, table))
    }
  }
  known.set(keyOf(connection), { version: changed.version, groups, parents })
}

/** The folded names of the tables that reference one. */
export function childrenOf(schema: KnownSchema, table: string): readonly string[] {
  const folded = fold(table)
  return [...schema.parents].flatMap(([child, parents]) =>
    parents.includes(folded) ? [child] : [],
  )
}

export async function schemaVersion(connection: Connection): Promise<number> {
  const [row] = await connection.query('pragma schema_version')
  return Number(row?.schema_version)
}

async function parentsSince(
  connection: Connection,
  before: KnownSchema,
  groups: Groups,
): Promise<Map<string, readonly string[]>> {
  const parents = new Map<string, readonly string[]>()
  for (const [table, rows] of groups) {
    const isSame = textIn(rows) === textIn(before.groups.get(table) ?? [])
    const found = isSame ? before.parents.get(table) : await parentsOf(connection, table)
    if (found !== undefined && found.length > 0) parents.set(table, found)
  }
  return parents
}

/** Whether the text alone tells that a table has no foreign keys. */
function referencesNone(rows: readonly CatalogRow[]): boolean {
  return !/references/i.test(textIn(rows) ?? '')
}

function textIn(rows: readonly CatalogRow[]): string | null {
  return rows.find((row) => row.type === 'table')?.sql ?? null
}

async function readParents(connection: Connection): Promise<Map<string, readonly string[]>> {
  const rows = await connection.query(
    `select distinct m.name as child, f."table" as parent from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table'`,
  )
  const parents = new Map<string, readonly string[]>()
  for (const row of rows) {
    const child = fold(String(row.child))
    parents.set(child, [...(parents.get(child) ?? []), fold(String(row.parent))])
  }
  return parents
}

async function parentsOf(connection: Connection, table: string): Promise<readonly string[]> {
  const rows = await connection.query(
    `select distinct "table" as parent from pragma_foreign_key_list(?)`,
    [table],
  )
  return rows.map((row) => fold(String(row.parent)))
}

function keyOf(connection: Connection): object {
  const { handle } = connection
  if (typeof handle !== 'object' || handle === null) throw new Error('No handle of a driver.')
  return handle
}
