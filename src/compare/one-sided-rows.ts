/** Tables as lines of text where there is nothing to hold one side against. */
import { columnText, primaryKeyText } from '../operations/describe.js'
import { isSame } from '../operations/equal.js'
import type { DesiredTable } from '../schema/desired.js'
import type { Table } from '../schema/table.js'
import type { ComparisonRow, RowFacet } from './comparison.js'
import { constraintText } from './constraint-text.js'
import type { NeutralConstraint } from './constraints.js'

/** The rows of a table that only one side has. */
export function oneSidedRows(
  table: Table,
  side: 'onlyModel' | 'onlyDatabase',
): readonly ComparisonRow[] {
  const row = (facet: RowFacet, name: string, text: string): ComparisonRow => ({
    facet,
    name,
    model: side === 'onlyModel' ? text : null,
    database: side === 'onlyDatabase' ? text : null,
    status: side,
    reason: '',
  })
  return [
    ...table.columns.map((column) => row('column', column.name, columnText(column))),
    ...(table.primaryKey === null
      ? []
      : [row('primaryKey', 'primary key', primaryKeyText(table.primaryKey))]),
    ...allConstraints(table).map((each) => row(each.kind, each.object.name, constraintText(each))),
  ]
}

/**
 * The rows of a table whose model only infers: what it names, and what the database has beyond that,
 * which is undeclared and left alone.
 */
export function inferredRows(current: Table, desired: DesiredTable): readonly ComparisonRow[] {
  const { table } = desired
  const live = new Map(current.columns.map((column) => [column.name, column]))
  const named = new Map(table.columns.map((column) => [column.name, column]))
  const undeclared = (facet: RowFacet, name: string, database: string): ComparisonRow => ({
    facet,
    name,
    model: null,
    database,
    status: 'undeclared',
    reason: '',
  })
  return [
    ...table.columns.map((column): ComparisonRow => {
      const other = live.get(column.name)
      return {
        facet: 'column',
        name: column.name,
        model: columnText(column),
        database: other === undefined ? null : columnText(other),
        status: other === undefined ? 'onlyModel' : 'same',
        reason: other === undefined || isSame(other, column) ? '' : 'a jsonSchema alters no column',
      }
    }),
    ...current.columns
      .filter((column) => !named.has(column.name))
      .map((column) => undeclared('column', column.name, columnText(column))),
    ...allConstraints(current).map((each) =>
      undeclared(each.kind, each.object.name, constraintText(each)),
    ),
  ]
}

function allConstraints(table: Table): readonly NeutralConstraint[] {
  return [
    ...table.uniques.map((object) => ({ kind: 'unique' as const, object })),
    ...table.indexes.map((object) => ({ kind: 'index' as const, object })),
    ...table.foreignKeys.map((object) => ({ kind: 'foreignKey' as const, object })),
    ...table.checks.map((object) => ({ kind: 'check' as const, object })),
  ]
}
