/** A table of the server in the neutral form, and a neutral one as the server would hold it. */
import type { ColumnType } from '../../../schema/column.js'
import type { Index, Table, Unique } from '../../../schema/table.js'
import { readDeclared } from './declared.js'
import type { PhysicalIndex, PhysicalTable } from './physical.js'
import { plainColumns } from './physical.js'
import { supportIndex, supportIndexes } from './support-index.js'

/** The neutral form: without what the engine demands, with the types that were declared. */
export function neutralTable(table: PhysicalTable): Table {
  const hidden = supportIndexes(table)
  const shown = table.indexes.filter((index) => !hidden.has(index))
  const declared = declaredTypes(table)
  return {
    name: table.name,
    columns: table.columns.map(({ column }) => {
      const type = declared.get(column.name)
      return type === undefined ? column : { ...column, type }
    }),
    primaryKey: table.primaryKey === null ? null : { name: null, columns: table.primaryKey },
    uniques: shown.flatMap((index) => uniqueOf(index) ?? []),
    indexes: shown.filter((index) => uniqueOf(index) === null).map(indexOf),
    foreignKeys: table.foreignKeys.map((key) => key.foreignKey),
    checks: table.checks.map(({ check }) => check),
    comment: table.comment,
    options: table.options,
  }
}

/** The types as which columns were declared that a foreign key made another whole number. */
export function declaredTypes(table: PhysicalTable): ReadonlyMap<string, ColumnType> {
  const types = new Map<string, ColumnType>()
  for (const key of table.foreignKeys) {
    const comment = supportIndex(table, key)?.comment ?? ''
    for (const [column, type] of readDeclared(comment)) types.set(column, type)
  }
  return types
}

/** A neutral table as the server would hold it, but for what it makes by itself. */
export function physicalTable(table: Table): PhysicalTable {
  return {
    name: table.name,
    columns: table.columns.map((column) => ({ column, check: null, invisible: false })),
    primaryKey: table.primaryKey?.columns ?? null,
    indexes: [...table.uniques.map(indexOfUnique), ...table.indexes.map(physicalIndex)],
    foreignKeys: table.foreignKeys.map((foreignKey) => ({ realName: foreignKey.name, foreignKey })),
    checks: table.checks.map((check) => ({ realName: check.name, check, column: null })),
    comment: table.comment,
    options: table.options,
  }
}

/** An index as the server holds it. */
export function physicalIndex(index: Index): PhysicalIndex {
  const method = index.method?.toLowerCase() ?? null
  return {
    name: index.name,
    unique: index.unique,
    parts: index.parts,
    method: method === 'fulltext' || method === 'spatial' ? method : null,
    comment: '',
  }
}

/** A uniqueness rule as the unique index that it is here. */
export function indexOfUnique(unique: Unique): PhysicalIndex {
  const parts = unique.columns.map((column) => ({
    on: { column },
    order: 'asc' as const,
    nulls: null,
    collation: null,
    opclass: null,
    prefix: null,
  }))
  return { name: unique.name, unique: true, parts, method: null, comment: '' }
}

function uniqueOf(index: PhysicalIndex): Unique | null {
  const columns = plainColumns(index)
  const isRule = index.unique && index.parts.every((part) => part.order === 'asc')
  if (!isRule || columns === null) return null
  return { name: index.name, columns, deferrable: null, nullsNotDistinct: false }
}

function indexOf(index: PhysicalIndex): Index {
  return {
    name: index.name,
    unique: index.unique,
    parts: index.parts,
    where: null,
    method: index.method,
    include: [],
    nullsNotDistinct: false,
  }
}
