/** Decides which relations stand for a foreign key, and which types that gives their columns. */
import type { ColumnType } from '../../schema/column.js'
import type { ForeignKey, TableName } from '../../schema/table.js'
import { automaticName } from '../../vocabulary/names.js'
import type { Reference } from './described.js'
import { groupBy } from '../group-by.js'
import { referringType } from './property-column.js'

/** What the tables say so far, whether declared or inferred. */
export interface KnownTable {
  readonly types: ReadonlyMap<string, ColumnType>
  /** Lists of columns that are unique together, the primary key first. */
  readonly keys: readonly (readonly string[])[]
}

export type KnownTables = ReadonlyMap<TableName, KnownTable>

/** All references by the table that holds them, and those that stand for a foreign key. */
export interface KnownReferences {
  readonly all: ReadonlyMap<TableName, readonly Reference[]>
  readonly accepted: ReadonlyMap<TableName, readonly Reference[]>
  readonly tables: KnownTables
}

/**
 * The relations that a foreign key would serve, one for each list of columns. None where the same
 * columns are claimed for two tables (a polymorphic relation), where only `filter` or `modify` tells
 * the rows, or where what they refer to is no key.
 */
export function acceptedReferences(
  references: readonly Reference[],
  tables: KnownTables,
): ReadonlyMap<TableName, readonly Reference[]> {
  const claims = new Map<string, Set<TableName>>()
  for (const reference of references) {
    const key = claimKey(reference)
    claims.set(key, (claims.get(key) ?? new Set()).add(reference.refTable))
  }
  const accepted = new Map<string, Reference>()
  for (const reference of references) {
    const key = claimKey(reference)
    const isSure = !reference.isLoose && claims.get(key)?.size === 1
    if (isSure && !accepted.has(key) && refersToKey(reference, tables)) accepted.set(key, reference)
  }
  return groupBy(accepted.values(), ({ table }) => table)
}

/** The key of a foreign key's columns in their table, whatever their order. */
function claimKey({ table, columns }: Reference): string {
  return [table, ...[...columns].sort()].join('\n')
}

/** The foreign key that a reference stands for; its name is Knex's automatic one. */
export function foreignKeyOf({ table, columns, refTable, refColumns }: Reference): ForeignKey {
  return {
    name: automaticName(table, columns, 'foreign'),
    columns,
    refTable,
    refColumns,
    onDelete: null,
    onUpdate: null,
    deferrable: null,
  }
}

/**
 * The type of a column that refers to another, by what that one is stored as; engines refuse a
 * foreign key between different types. Null where the column refers to none that is known.
 */
export function typeByReference(
  table: TableName,
  column: string,
  { accepted, tables }: Pick<KnownReferences, 'accepted' | 'tables'>,
): ColumnType | null {
  let [place, name] = [table, column]
  const seen = new Set<string>()
  for (;;) {
    const key = `${place}\n${name}`
    const reference = accepted.get(place)?.find(({ columns }) => columns.includes(name))
    // A circle of references leads nowhere.
    if (seen.has(key)) return null
    seen.add(key)
    const refColumn = reference?.refColumns[reference.columns.indexOf(name)]
    if (reference === undefined || refColumn === undefined) {
      const type = tables.get(place)?.types.get(name)
      return type === undefined || seen.size === 1 ? null : referringType(type)
    }
    ;[place, name] = [reference.refTable, refColumn]
  }
}

function refersToKey({ columns, refTable, refColumns }: Reference, tables: KnownTables): boolean {
  if (columns.length !== refColumns.length) return false
  const keys = tables.get(refTable)?.keys ?? []
  return keys.some(
    (key) => key.length === refColumns.length && key.every((name) => refColumns.includes(name)),
  )
}
