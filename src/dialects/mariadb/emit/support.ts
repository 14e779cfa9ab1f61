/** A table with the indexes that the engine demands for its foreign keys and its counter. */
import type { Aligned } from './align.js'
import { declaredComment } from '../catalog/declared.js'
import type { PhysicalIndex, PhysicalKey, PhysicalTable } from '../catalog/physical.js'
import { plainColumns, serves } from '../catalog/physical.js'
import { counterIndexName, supportIndex, supportIndexes } from '../catalog/support-index.js'
import { counts } from '../types.js'

/**
 * The table with exactly the support that it needs. An index that only supported what is gone goes
 * too; one whose comment says how a column was declared stands even beside another that would serve.
 */
export function withSupport(table: PhysicalTable, gone: PhysicalTable, is: Aligned): PhysicalTable {
  const left = withoutStale(table, gone)
  const keyed = left.foreignKeys.reduce((each, key) => supported(each, key, is), left)
  return withCounterIndex(keyed)
}

/** Whether another index than `except`, or the primary key, begins with the columns. */
function isServed(
  table: PhysicalTable,
  columns: readonly string[],
  except: PhysicalIndex | null,
): boolean {
  if (table.primaryKey !== null && serves(table.primaryKey, columns)) return true
  return table.indexes.some(
    (index) =>
      index !== except && index.method === null && serves(plainColumns(index) ?? [], columns),
  )
}

function supported(table: PhysicalTable, key: PhysicalKey, is: Aligned): PhysicalTable {
  const { columns } = key.foreignKey
  const own = supportIndex(table, key)
  const declared = is.declared.get(key.realName)
  const comment = declared === undefined ? '' : declaredComment(declared)
  if (own?.comment === comment) return table
  if (own === null && comment === '' && isServed(table, columns, null)) return table
  const others = table.indexes.filter((index) => index !== own)
  const isNeeded = comment !== '' || !isServed(table, columns, own)
  const index = plainIndex(own?.name ?? key.realName, columns, comment)
  return { ...table, indexes: isNeeded ? [...others, index] : others }
}

/** Without indexes that stood only for a foreign key or a counter that is no more. */
function withoutStale(table: PhysicalTable, before: PhysicalTable): PhysicalTable {
  const stale = [...supportIndexes(before)].filter((index) => {
    const columns = plainColumns(index) ?? []
    const key = table.foreignKeys.find(
      (each) => supportIndex({ ...table, indexes: [index] }, each) === index,
    )
    const counter = table.columns.find(({ column }) => counts(column))?.column.name
    const isCounters = counter !== undefined && columns.length === 1 && serves(columns, [counter])
    return key === undefined && !(isCounters && !isServed(table, columns, index))
  })
  return { ...table, indexes: table.indexes.filter((index) => !stale.includes(index)) }
}

/** A column that counts has to be the first of some key. */
function withCounterIndex(table: PhysicalTable): PhysicalTable {
  const counter = table.columns.find(({ column }) => counts(column))?.column.name
  if (counter === undefined || isServed(table, [counter], null)) return table
  const index = plainIndex(counterIndexName(table.name, counter), [counter], '')
  return { ...table, indexes: [...table.indexes, index] }
}

function plainIndex(name: string, columns: readonly string[], comment: string): PhysicalIndex {
  const parts = columns.map((column) => ({
    on: { column },
    order: 'asc' as const,
    nulls: null,
    collation: null,
    opclass: null,
    prefix: null,
  }))
  return { name, unique: false, parts, method: null, comment }
}
