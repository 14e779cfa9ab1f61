/** Indexes that stand only because the engine demands one: part of a key or a counter, never compared. */
import type { Index, Table } from '../../../schema/table.js'
import { indexName, isUnnamedKey } from './names.js'
import type { PhysicalIndex, PhysicalKey, PhysicalTable } from './physical.js'
import { isSameColumns, plainColumns, serves } from './physical.js'
import { counts } from '../types.js'

/** Names under which the server or we make the index of a foreign key. */
function supportNames(table: string, key: PhysicalKey): readonly string[] {
  const own = table.slice(table.indexOf('.') + 1)
  const [first] = key.foreignKey.columns
  // InnoDB calls it by its first column where nobody named the key.
  return isUnnamedKey(own, key.realName) && first !== undefined
    ? [key.realName, first]
    : [key.realName]
}

/** The index that is there for a foreign key and nothing else; null where another serves it. */
export function supportIndex(table: PhysicalTable, key: PhysicalKey): PhysicalIndex | null {
  const names = supportNames(table.name, key)
  const found = table.indexes.find(
    (index) =>
      names.includes(index.name) &&
      isPlain(index) &&
      isSameColumns(columnsOf(index), key.foreignKey.columns),
  )
  return found ?? null
}

/** The name of the index that lets a column count that no other index begins with. */
export function counterIndexName(table: string, column: string): string {
  return indexName(table, [column])
}

/** All indexes of a table that are there because the engine demands them. */
export function supportIndexes(table: PhysicalTable): ReadonlySet<PhysicalIndex> {
  const found = new Set<PhysicalIndex>()
  for (const key of table.foreignKeys) {
    const index = supportIndex(table, key)
    if (index !== null) found.add(index)
  }
  const counter = table.columns.find(({ column }) => counts(column))?.column.name
  if (counter === undefined) return found
  const leading = table.indexes.filter((index) => serves(columnsOf(index), [counter]))
  const [only] = leading
  const isPrimary = table.primaryKey !== null && serves(table.primaryKey, [counter])
  const isOurs =
    only !== undefined &&
    leading.length === 1 &&
    isPlain(only) &&
    only.parts.length === 1 &&
    only.name === counterIndexName(table.name, counter)
  if (isOurs && !isPrimary) found.add(only)
  return found
}

/** The indexes of a neutral table without those that the engine demands anyway. */
export function withoutSupport(table: Table): readonly Index[] {
  const counter = table.columns.find(counts)?.name
  const isFirst = (columns: readonly string[]): boolean =>
    counter !== undefined && serves(columns, [counter])
  const others = [table.primaryKey?.columns ?? [], ...table.uniques.map((unique) => unique.columns)]
  return table.indexes.filter((index) => {
    const columns = index.parts.map((part) => ('column' in part.on ? part.on.column : ''))
    const isPlainIndex =
      !index.unique &&
      index.parts.every(
        (part) => 'column' in part.on && part.order === 'asc' && part.prefix === null,
      )
    if (!isPlainIndex) return true
    const isOfKey = table.foreignKeys.some(
      (key) => key.name === index.name && isSameColumns(columns, key.columns),
    )
    const isOfCounter =
      columns.length === 1 &&
      isFirst(columns) &&
      index.name === counterIndexName(table.name, counter ?? '') &&
      !others.some(isFirst)
    return !isOfKey && !isOfCounter
  })
}

/** The indexes of a neutral table whose engine keeps of a foreign key an index alone, and none where one serves it. */
export function withKeyIndexes(table: Table): readonly Index[] {
  const own = withoutSupport({ ...table, foreignKeys: [] })
  const whole = [
    table.primaryKey?.columns ?? [],
    ...table.uniques.map(({ columns }) => columns),
    ...own.map(({ parts }) => parts.map(({ on }) => ('column' in on ? on.column : ''))),
  ]
  const unserved = table.foreignKeys.filter(
    (key) => !whole.some((columns) => serves(columns, key.columns)),
  )
  return [...own, ...unserved.map(({ name, columns }) => plainIndex(name, columns))]
}

function plainIndex(name: string, columns: readonly string[]): Index {
  const plain = { order: 'asc' as const, nulls: null, collation: null, opclass: null, prefix: null }
  return {
    name,
    unique: false,
    parts: columns.map((column) => ({ on: { column }, ...plain })),
    where: null,
    method: null,
    include: [],
    nullsNotDistinct: false,
  }
}

function isPlain(index: PhysicalIndex): boolean {
  return (
    !index.unique &&
    index.method === null &&
    index.parts.every((part) => part.order === 'asc') &&
    plainColumns(index) !== null
  )
}

function columnsOf(index: PhysicalIndex): readonly string[] {
  return index.method === null ? (plainColumns(index) ?? []) : []
}
