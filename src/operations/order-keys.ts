/** What settled and needed keys of an ordering are made of. */
import type { Column } from '../schema/column.js'
import type { PrimaryKey, TableName } from '../schema/table.js'
import { isCounter } from './counter.js'
import type { Operation } from './operation.js'

export type AlterPrimaryKey = Extract<Operation, { readonly kind: 'alterPrimaryKey' }>

/** The changes of primary keys in the same list, by table. */
export type PrimaryKeyChanges = ReadonlyMap<TableName, readonly AlterPrimaryKey[]>

/** The enum types of the database's own that columns use, each once. */
export function enumsOf(columns: readonly Column[]): readonly string[] {
  const names = columns.flatMap(({ type }) =>
    type.kind === 'enum' && type.native !== null ? [type.native] : [],
  )
  return [...new Set(names)]
}

/**
 * Whether the key changes first: a column that becomes a counter must be a key already (MariaDB),
 * one that leaves the key may become nullable only then, unless it has to stop counting before.
 */
export function waitsForPrimaryKey(
  operation: Extract<Operation, { readonly kind: 'alterColumn' }>,
  primaryKeys: PrimaryKeyChanges,
): boolean {
  if (isCounter(operation.from)) return false
  const { name } = operation.to
  const changes = changesOf(primaryKeys, operation.table)
  if (changes.some((each) => holds(each.to, name))) return isCounter(operation.to)
  return changes.some((each) => holds(each.from, name))
}

/** The changes of a table's primary key. */
export function changesOf(
  changes: PrimaryKeyChanges,
  table: TableName,
): readonly AlterPrimaryKey[] {
  return changes.get(table) ?? []
}

/** Whether a column is part of a key. */
export function holds(key: PrimaryKey | null, column: string): boolean {
  return key?.columns.includes(column) === true
}

/** Engines may fold the case of names: what is taken or free is compared folded. */
export function fold(name: string): string {
  return name.toLowerCase()
}
