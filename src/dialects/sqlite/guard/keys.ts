/** Foreign keys that rows break: since they are off while a revision runs, it is counted afterwards. */
import type { Operation } from '../../../operations/operation.js'
import { tableOf } from '../../../operations/operation.js'
import type { Connection, Row } from '../../connection.js'
import { readCreateTable } from '../text/create-table-text.js'
import type { KnownSchema } from '../catalog/known-schema.js'
import { fold } from '../names.js'
import type { RawNames } from './raw-statement.js'
import { columnsOf, foreignKeysOf, primaryKeyOf } from '../catalog/table-parts.js'
import { typeText } from '../types.js'

/** The broken keys of one table: `parent rowid`, each as often as it is broken. */
export type BrokenKeys = ReadonlyMap<string, number>

/** Beyond so many broken keys of one table they are no longer told apart. */
const LIMIT = 10_000

/** The tables, folded, whose rows an operation can make point at nothing. */
export function tablesAtRisk(schema: KnownSchema, operation: Operation): readonly string[] {
  const table = fold(tableOf(operation) ?? '')
  switch (operation.kind) {
    case 'dropTable':
      return schema.references.childrenOf(table)
    case 'addForeignKey':
      return [table]
    case 'alterColumn': {
      const { from, to } = operation
      const isSame = typeText(from.type) === typeText(to.type) && from.collation === to.collation
      return isSame ? [] : [...schema.references.childrenOf(table), ...referencing(schema, [table])]
    }
    case 'alterPrimaryKey':
    case 'dropUnique':
      return schema.references.childrenOf(table)
    case 'dropIndex':
      return operation.index.unique ? schema.references.childrenOf(table) : []
    default:
      return []
  }
}

/** The tables, folded, whose rows a raw statement can make point at nothing. */
export function tablesAtRiskOfRaw(schema: KnownSchema, raw: RawNames): readonly string[] {
  const { rows } = raw
  if (rows === null) return []
  const named = [...raw.names].filter((name) => schema.groups.has(name))
  switch (rows.kind) {
    case 'insert':
      return referencing(schema, named)
    case 'delete':
      return named.flatMap((name) => schema.references.childrenOf(name))
    case 'update':
      return atRiskOfUpdate(schema, named, rows.set)
    case 'unknown':
      return [
        ...named.flatMap((name) => schema.references.childrenOf(name)),
        ...referencing(schema, named),
      ]
  }
}

/** The keys of a table that its rows break now. A table that is not there breaks none. */
export async function brokenKeys(connection: Connection, table: string): Promise<BrokenKeys> {
  const rows = await connection
    .query(`select parent, rowid as row from pragma_foreign_key_check(?) limit ${LIMIT + 1}`, [
      table,
    ])
    .catch(unchecked)
  const broken = new Map<string, number>()
  for (const row of rows) {
    const isMany = rows.length > LIMIT
    const key = `${fold(String(row.parent))} ${isMany ? 'many' : String(row.row)}`
    broken.set(key, (broken.get(key) ?? 0) + 1)
  }
  return broken
}

/** How many keys are broken now that were not, by the parent's folded name. */
export function newlyBroken(before: BrokenKeys, after: BrokenKeys): ReadonlyMap<string, number> {
  const parents = new Map<string, number>()
  for (const [key, count] of after) {
    const more = count - (before.get(key) ?? 0)
    const parent = key.slice(0, key.lastIndexOf(' '))
    if (more > 0) parents.set(parent, (parents.get(parent) ?? 0) + more)
  }
  return parents
}

/**
 * The check itself fails where a key points at columns that are not unique, which is as broken as can
 * be, and where the table is not there any more.
 */
function unchecked(thrown: unknown): readonly Row[] {
  if (String(thrown).includes('no such table')) return []
  const found = /foreign key mismatch - "(?:[\s\S]*)" referencing "([\s\S]*)"/.exec(String(thrown))
  if (found === null) throw thrown
  return [{ parent: found[1], row: 'mismatch' }]
}

/** Those of the tables that reference any. */
function referencing(schema: KnownSchema, tables: readonly string[]): readonly string[] {
  return tables.filter((table) => schema.references.parentsOf(table).length > 0)
}

/** Only keys over columns that are set, and keys that point at such columns. */
function atRiskOfUpdate(
  schema: KnownSchema,
  tables: readonly string[],
  set: ReadonlySet<string>,
): readonly string[] {
  const isSet = (columns: readonly string[]): boolean => columns.some((each) => set.has(fold(each)))
  return tables.flatMap((table) => {
    const own = keysOf(schema, table).some((key) => isSet(key.columns)) ? [table] : []
    const children = schema.references
      .childrenOf(table)
      .filter((child) =>
        keysOf(schema, child).some(
          (key) =>
            fold(key.references.table) === table &&
            isSet(
              key.references.columns.length > 0
                ? key.references.columns
                : keyColumns(schema, table),
            ),
        ),
      )
    return [...own, ...children]
  })
}

function keysOf(schema: KnownSchema, table: string): ReturnType<typeof foreignKeysOf> {
  const sql = textIn(schema, table)
  return sql === null ? [] : foreignKeysOf(table, readCreateTable(sql))
}

function keyColumns(schema: KnownSchema, table: string): readonly string[] {
  const sql = textIn(schema, table)
  if (sql === null) return []
  const text = readCreateTable(sql)
  return primaryKeyOf(text)?.columns ?? columnsOf(text).map((column) => column.name)
}

function textIn(schema: KnownSchema, table: string): string | null {
  return schema.groups.get(table)?.find((row) => row.type === 'table')?.sql ?? null
}
