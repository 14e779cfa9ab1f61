/** The part of both sides that is compared at all. */
import { withoutColumn } from '../operations/drop-column.js'
import type { DesiredTable, Note } from '../schema/desired.js'
import type { Table, TableName } from '../schema/table.js'
import type { CompareInput } from './comparison.js'

export interface Scope {
  readonly current: readonly Table[]
  readonly desired: readonly DesiredTable[]
  /** Tables of the database of which a column is excluded: never dropped as a whole. */
  readonly partial: ReadonlySet<TableName>
  readonly notes: readonly Note[]
}

/** Both sides without excluded tables and columns, and without models that stand on a view. */
export function scopeOf(input: CompareInput): Scope {
  const { isIncluded } = input
  const views = new Set(input.currentViews)
  const partial = new Set<TableName>()
  const strip = (table: Table): Table => {
    const excluded = table.columns.filter((column) => !isIncluded(table.name, column.name))
    if (excluded.length > 0) partial.add(table.name)
    return excluded.reduce((left, column) => withoutColumn(left, column.name), table)
  }
  const current = input.current.tables.filter((table) => isIncluded(table.name, null)).map(strip)
  const included = input.desired.filter(({ table }) => isIncluded(table.name, null))
  const desired = included
    .filter(({ table }) => !views.has(table.name))
    .map((each) => {
      const table = strip(each.table)
      return table === each.table ? each : { ...each, table }
    })
  const notes = included
    .filter(({ table }) => views.has(table.name))
    .map((each) => ({
      code: 'MODEL_ON_VIEW',
      message: `${modelNames(each)} stands on the view ${each.table.name}, and views are left alone.`,
      where: each.table.name,
    }))
  return { current, desired, partial, notes }
}

function modelNames(desired: DesiredTable): string {
  return desired.models.map(({ model }) => model).join(', ')
}
