/** What goes with a column when it is dropped. */
import type { Index, Table } from '../schema/table.js'
import { columnsIn } from './expression.js'
import type { TableOperation } from './operation.js'

/**
 * The operations that dropping a column implies: the foreign keys, checks, indexes and uniques of
 * its own table that name it, and its part in the primary key. Scripts of ours say them first, since
 * engines differ: PostgreSQL drops all of these, MariaDB shortens an index, SQLite refuses.
 */
export function impliedDrops(table: Table, column: string): readonly TableOperation[] {
  const columns = table.columns.map((each) => each.name)
  const own = { table: table.name }
  return [
    ...table.foreignKeys
      .filter(
        (key) =>
          key.columns.includes(column) ||
          (key.refTable === table.name && key.refColumns.includes(column)),
      )
      .map((foreignKey) => ({ kind: 'dropForeignKey' as const, ...own, foreignKey })),
    ...table.checks
      .filter((check) => columnsIn(check.sql, columns).includes(column))
      .map((check) => ({ kind: 'dropCheck' as const, ...own, check })),
    ...table.indexes
      .filter((index) => indexNames(index, columns).includes(column))
      .map((index) => ({ kind: 'dropIndex' as const, ...own, index })),
    ...table.uniques
      .filter((unique) => unique.columns.includes(column))
      .map((unique) => ({ kind: 'dropUnique' as const, ...own, unique })),
    ...(table.primaryKey?.columns.includes(column) === true
      ? [{ kind: 'alterPrimaryKey' as const, ...own, from: table.primaryKey, to: null }]
      : []),
  ]
}

/** The columns that an index covers, includes or names in an expression or its predicate. */
export function indexNames(index: Index, columns: readonly string[]): readonly string[] {
  return [
    ...index.parts.flatMap((part) =>
      'column' in part.on ? [part.on.column] : columnsIn(part.on.sql, columns),
    ),
    ...index.include,
    ...(index.where === null ? [] : columnsIn(index.where, columns)),
  ]
}

/** The table without a column and without what cannot stand without it. */
export function withoutColumn(table: Table, column: string): Table {
  const gone = new Set<unknown>(impliedDrops(table, column).map(droppedBy))
  const left = <T>(objects: readonly T[]): readonly T[] => objects.filter((each) => !gone.has(each))
  return {
    ...table,
    columns: table.columns.filter((each) => each.name !== column),
    primaryKey: gone.has(table.primaryKey) ? null : table.primaryKey,
    uniques: left(table.uniques),
    indexes: left(table.indexes),
    foreignKeys: left(table.foreignKeys),
    checks: left(table.checks),
  }
}

/** The very object of the table that an implied drop is about. */
function droppedBy(operation: TableOperation): unknown {
  switch (operation.kind) {
    case 'dropForeignKey':
      return operation.foreignKey
    case 'dropCheck':
      return operation.check
    case 'dropIndex':
      return operation.index
    case 'dropUnique':
      return operation.unique
    case 'alterPrimaryKey':
      return operation.from
    default:
      return null
  }
}
