/** What a table that exists should become, with all that is not compared left as it is. */
import { isCounter } from '../operations/counter.js'
import { columnsIn } from '../operations/expression.js'
import { indexNames } from '../operations/drop-column.js'
import type { Column } from '../schema/column.js'
import type { DesiredTable } from '../schema/desired.js'
import type { Table } from '../schema/table.js'
import type { Facets } from './comparison.js'

/**
 * The table that a model asks for, where the database has one under `current.name` already.
 *
 * - A model that declares is complete: the table is what it says, but for the facets that are not compared.
 * - A model that only infers adds the columns that are missing, and nothing else.
 */
export function wantedTable(current: Table, desired: DesiredTable, facets: Facets): Table {
  const byName = new Map(current.columns.map((column) => [column.name, column]))
  if (desired.source === 'inferred') {
    const createOnly = new Set(desired.createOnly)
    const added = desired.table.columns.filter(
      ({ name }) => !byName.has(name) && !createOnly.has(name),
    )
    if (added.length === 0) return current
    const columns = [...current.columns, ...added.map((column) => newColumn(column, facets))]
    return { ...current, columns }
  }
  const { table } = desired
  const columns = table.columns.map((column) => {
    const live = byName.get(column.name)
    return live === undefined ? newColumn(column, facets) : wantedColumn(live, column, facets)
  })
  const kept = standing(current, columns)
  return {
    name: current.name,
    columns,
    primaryKey: facets.primaryKeys ? table.primaryKey : kept.primaryKey,
    uniques: facets.uniques ? table.uniques : kept.uniques,
    indexes: facets.indexes ? table.indexes : kept.indexes,
    foreignKeys: facets.foreignKeys ? table.foreignKeys : kept.foreignKeys,
    checks: facets.checks ? table.checks : kept.checks,
    comment: facets.comments ? table.comment : current.comment,
    options: { ...current.options, ...table.options },
  }
}

/**
 * The table that a model asks for, where the database has none. What is not compared is not written
 * either, but for what a table cannot be without: types, nullability, computed values, a counter's key.
 */
export function newTable(table: Table, facets: Facets): Table {
  const isCounted = table.columns.some(
    (column) => isCounter(column) && table.primaryKey?.columns.includes(column.name) === true,
  )
  return {
    ...table,
    columns: table.columns.map((column) => newColumn(column, facets)),
    primaryKey: facets.primaryKeys || isCounted ? table.primaryKey : null,
    uniques: facets.uniques ? table.uniques : [],
    indexes: facets.indexes ? table.indexes : [],
    foreignKeys: facets.foreignKeys ? table.foreignKeys : [],
    checks: facets.checks ? table.checks : [],
    comment: facets.comments ? table.comment : null,
  }
}

function newColumn(column: Column, facets: Facets): Column {
  return {
    ...column,
    default: facets.defaults ? column.default : null,
    collation: facets.collations ? column.collation : null,
    comment: facets.comments ? column.comment : null,
  }
}

function wantedColumn(live: Column, column: Column, facets: Facets): Column {
  return {
    ...column,
    type: facets.types ? column.type : live.type,
    identity: facets.types ? column.identity : live.identity,
    nullable: facets.nullability ? column.nullable : live.nullable,
    default: facets.defaults ? column.default : live.default,
    generated: facets.generated ? column.generated : live.generated,
    collation: facets.collations ? column.collation : live.collation,
    comment: facets.comments ? column.comment : live.comment,
  }
}

/** The keys, indexes and checks of a table that can stand without the columns that go. */
function standing(
  table: Table,
  columns: readonly Column[],
): Pick<Table, 'primaryKey' | 'uniques' | 'indexes' | 'foreignKeys' | 'checks'> {
  const left = new Set(columns.map((column) => column.name))
  const all = table.columns.map((column) => column.name)
  const stands = (names: readonly string[]): boolean => names.every((name) => left.has(name))
  const { primaryKey } = table
  return {
    primaryKey: primaryKey !== null && stands(primaryKey.columns) ? primaryKey : null,
    uniques: table.uniques.filter((unique) => stands(unique.columns)),
    indexes: table.indexes.filter((index) => stands(indexNames(index, all))),
    foreignKeys: table.foreignKeys.filter(
      (key) => stands(key.columns) && (key.refTable !== table.name || stands(key.refColumns)),
    ),
    checks: table.checks.filter((check) => stands(columnsIn(check.sql, all))),
  }
}
