/**
 * What a session knows of its database's structure, carried from one guarded revision to the next: the
 * texts of all objects, and who references whom. Read whole once, then only where something changed.
 */
import type { Connection, Row } from '../../connection.js'
import type { CatalogRow } from './catalog.js'
import { byTable, hasViewOrTrigger, readCatalog, readViewsAndTriggers } from './catalog.js'
import { fold } from '../names.js'
import { References } from './references.js'
import { allNow, handleOf } from '../connection/session.js'

/** Objects by the folded name of the table, or view, that they are or are on. */
export type Groups = ReadonlyMap<string, readonly CatalogRow[]>

export interface KnownSchema {
  /** SQLite's own count of structural changes. */
  readonly version: number
  /** Only this file changes what follows: to copy it would cost more the more tables there are. */
  readonly groups: Map<string, readonly CatalogRow[]>
  readonly references: References
  /** How many views and triggers there are. */
  readonly readers: number
}

interface Remembered {
  readonly schema: KnownSchema
  /** The folded names of the tables that a revision changes just now; null where more may have changed. */
  touched: Set<string> | null
  /** The version after all that `touched` tells of: at another, somebody else changed something. */
  expected: number
}

const known = new WeakMap<object, Remembered>()

/** The structure as it stands; read anew only where it is not what is remembered. */
export async function knownSchema(connection: Connection): Promise<KnownSchema> {
  const version = await schemaVersion(connection)
  const schema = known.get(handleOf(connection))?.schema
  return schema?.version === version ? schema : readSchema(connection)
}

/** Reads the whole structure and remembers it; references only of tables that are not as in `before`. */
export async function readSchema(
  connection: Connection,
  before: KnownSchema | null = null,
): Promise<KnownSchema> {
  const groups = new Map(byTable(await readCatalog(connection)))
  const references =
    before === null
      ? await readReferences(connection)
      : await referencesSince(connection, before, groups)
  const readers = readersAmong([...groups.values()].flat())
  const schema = { version: await schemaVersion(connection), groups, references, readers }
  remember(connection, schema)
  return schema
}

function remember(connection: Connection, schema: KnownSchema): void {
  known.set(handleOf(connection), { schema, touched: null, expected: schema.version })
}

/** From now on, until the structure is remembered anew, all changes are told to `noteTouched` before they are made. */
export function beginTouching(connection: Connection): void {
  const remembered = known.get(handleOf(connection))
  if (remembered === undefined) return
  remembered.touched = new Set()
  remembered.expected = remembered.schema.version
}

/** Notes the tables, folded, that are about to change; null where anything may. */
export function noteTouched(connection: Connection, tables: Iterable<string> | null): void {
  const remembered = known.get(handleOf(connection))
  if (remembered === undefined || remembered.touched === null) return
  if (tables === null) {
    remembered.touched = null
    return
  }
  for (const table of tables) remembered.touched.add(table)
  // A script may have reached for the driver itself, and what it did there was told to nobody.
  whenVersionIsKnown(connection, (version) => {
    if (version !== remembered.expected) remembered.touched = null
  })
}

/** Notes that the tables last told of are changed by now. */
export function noteChanged(connection: Connection): void {
  const remembered = known.get(handleOf(connection))
  if (remembered === undefined || remembered.touched === null) return
  whenVersionIsKnown(connection, (version) => {
    remembered.expected = version
  })
}

/** Asks at once, so that the answer is that of now, and comes before that of any later question. */
function whenVersionIsKnown(connection: Connection, act: (version: number) => void): void {
  const version = schemaVersion(connection)
  if (typeof version === 'number') act(version)
  // Where the session is lost, the next statement says so.
  else version.then(act, () => undefined)
}

/**
 * The rows of a table, by its folded name, as they stand at the version of now; null where they are
 * not remembered, or may be others by now.
 */
export function rememberedRows(
  connection: Connection,
  table: string,
  version: number,
): readonly CatalogRow[] | null {
  const remembered = known.get(handleOf(connection))
  if (remembered === undefined) return null
  const { schema, touched, expected } = remembered
  const isLeftAlone = version === expected && touched?.has(table) === false
  return schema.version === version || isLeftAlone ? (schema.groups.get(table) ?? []) : null
}

/** All views and triggers. */
export async function viewsAndTriggers(connection: Connection): Promise<readonly CatalogRow[]> {
  const schema = known.get(handleOf(connection))?.schema
  const isCurrent = schema?.version === (await schemaVersion(connection))
  if (schema === undefined || !isCurrent) return await readViewsAndTriggers(connection)
  return [...schema.groups.values()].flatMap((rows) => rows.filter(isReader))
}

/** Whether there is any view or trigger. */
export async function hasReaders(connection: Connection): Promise<boolean> {
  const schema = known.get(handleOf(connection))?.schema
  if (schema?.version === (await schemaVersion(connection))) return schema.readers > 0
  return await hasViewOrTrigger(connection)
}

function isReader({ type }: CatalogRow): boolean {
  return type === 'view' || type === 'trigger'
}

function readersAmong(rows: readonly CatalogRow[]): number {
  return rows.filter(isReader).length
}

/** After a rollback the version may come again with another structure behind it. */
export function forgetSchema(connection: Connection): void {
  known.delete(handleOf(connection))
}

/** Remembers some tables as they are at a version, where nothing else has changed. */
export async function rememberTables(
  connection: Connection,
  { groups, references, readers }: KnownSchema,
  changed: {
    readonly version: number
    readonly tables: readonly string[]
    readonly groups: Groups
  },
): Promise<void> {
  let count = readers
  for (const table of changed.tables) {
    const rows = changed.groups.get(table)
    count += readersAmong(rows ?? []) - readersAmong(groups.get(table) ?? [])
    if (rows === undefined) groups.delete(table)
    else groups.set(table, rows)
    const hasNone = rows === undefined || referencesNone(rows)
    references.set(table, hasNone ? [] : await parentsOf(connection, table))
  }
  remember(connection, { version: changed.version, groups, references, readers: count })
}

/** The version as it stands: at once, where the driver gives it at once. */
export function schemaVersion(connection: Connection): number | Promise<number> {
  const sql = 'pragma schema_version'
  try {
    const rows = allNow(connection, sql)
    if (rows !== null) return versionIn(rows)
  } catch {
    // Asked again below, it says why.
  }
  return connection.query(sql).then(versionIn)
}

function versionIn([row]: readonly Row[]): number {
  return Number(row?.schema_version)
}

async function referencesSince(
  connection: Connection,
  before: KnownSchema,
  groups: Groups,
): Promise<References> {
  const references = new References()
  for (const [table, rows] of groups) {
    const isSame = textIn(rows) === textIn(before.groups.get(table) ?? [])
    references.set(
      table,
      isSame ? before.references.parentsOf(table) : await parentsOf(connection, table),
    )
  }
  return references
}

/** Whether the text alone tells that a table has no foreign keys. */
function referencesNone(rows: readonly CatalogRow[]): boolean {
  return !/references/i.test(textIn(rows) ?? '')
}

function textIn(rows: readonly CatalogRow[]): string | null {
  return rows.find((row) => row.type === 'table')?.sql ?? null
}

async function readReferences(connection: Connection): Promise<References> {
  const rows = await connection.query(
    `select distinct m.name as child, f."table" as parent from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table'`,
  )
  const parents = new Map<string, string[]>()
  for (const row of rows) {
    const child = fold(String(row.child))
    parents.set(child, [...(parents.get(child) ?? []), fold(String(row.parent))])
  }
  const references = new References()
  for (const [child, own] of parents) references.set(child, own)
  return references
}

async function parentsOf(connection: Connection, table: string): Promise<readonly string[]> {
  const rows = await connection.query(
    `select distinct "table" as parent from pragma_foreign_key_list(?)`,
    [table],
  )
  return rows.map((row) => fold(String(row.parent)))
}
