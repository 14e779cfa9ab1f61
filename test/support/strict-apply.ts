/** Applies operations as the strictest engine would: what another object still needs is refused. */
import { applyOperation } from '../../src/operations/apply.js'
import { impliedDrops } from '../../src/operations/drop-column.js'
import { isSame } from '../../src/operations/equal.js'
import { uniqueColumns } from '../../src/compare/unique-keys.js'
import { columnsIn } from '../../src/operations/expression.js'
import type { Operation } from '../../src/operations/operation.js'
import type { Column } from '../../src/schema/column.js'
import type { Schema } from '../../src/schema/schema.js'
import type { ForeignKey, Table } from '../../src/schema/table.js'

/** The schema after operations. @throws Error with the operation at which an engine would stop. */
export function strictApply(schema: Schema, operations: readonly Operation[]): Schema {
  return operations.reduce((before, operation) => {
    const after = applyOperation(before, operation)
    const objection = objectionTo(operation, before, after)
    if (objection === null) return after
    throw new Error(`${objection}: ${JSON.stringify(operation)}`)
  }, schema)
}

function objectionTo(operation: Operation, before: Schema, after: Schema): string | null {
  switch (operation.kind) {
    case 'createTable':
      return brokenTable(operation.table, after)
    case 'addForeignKey':
      return brokenKey(operation.foreignKey, after)
    case 'dropTable':
      return referencing(before, operation.table.name).length > 0 ? 'a key references it' : null
    case 'addColumn':
    case 'alterColumn': {
      const column = operation.kind === 'addColumn' ? operation.column : operation.to
      const unknown = columnsMissing(column, tableIn(after, operation.table))
      return unknown ?? (lacksEnum(column, after) ? 'no such enum' : null)
    }
    case 'dropColumn':
      return brokenByDrop(operation.column, tableIn(before, operation.table), before)
    case 'addIndex':
    case 'addUnique':
      return doubleName(after)
    case 'alterPrimaryKey': {
      const from = operation.from?.columns ?? []
      return isReferenced(from, tableIn(before, operation.table), before)
    }
    case 'dropUnique':
      return brokenByKey(operation.unique.columns, tableIn(before, operation.table), before)
    case 'dropIndex': {
      const [columns = []] = uniqueColumns(operation.index)
      return brokenByKey(columns, tableIn(before, operation.table), before)
    }
    case 'dropEnum': {
      const columns = before.tables.flatMap((table) => table.columns)
      return columns.some((each) => enumOf(each) === operation.enum.name) ? 'it is used' : null
    }
    default:
      return null
  }
}

function brokenTable(table: Table, schema: Schema): string | null {
  const keys = table.foreignKeys.map((key) => brokenKey(key, schema))
  const enums = table.columns.some((column) => lacksEnum(column, schema)) ? 'no such enum' : null
  return keys.find((each) => each !== null) ?? enums ?? doubleName(schema)
}

function brokenKey(key: ForeignKey, schema: Schema): string | null {
  const parent = schema.tables.find((table) => table.name === key.refTable)
  if (parent === undefined) return `no table ${key.refTable}`
  const covers = [parent.primaryKey, ...parent.uniques].some(
    (each) => JSON.stringify(each?.columns) === JSON.stringify(key.refColumns),
  )
  return covers ? null : `no key of ${key.refTable} covers the reference`
}

function brokenByDrop(column: Column, table: Table, schema: Schema): string | null {
  const isCounter = column.type.kind === 'increments'
  const implied = impliedDrops(table, column.name).filter(
    (each) => !(isCounter && each.kind === 'alterPrimaryKey'),
  )
  if (implied.length > 0) return `${implied[0]?.kind ?? ''} is implied`
  const names = table.columns.map((each) => each.name)
  const computed = table.columns.some(
    (each) => each.generated !== null && columnsIn(each.generated.sql, names).includes(column.name),
  )
  if (computed) return 'a generated column names it'
  const needs = referencing(schema, table.name).some((key) => key.refColumns.includes(column.name))
  return needs ? 'a key references it' : null
}

function referencing(schema: Schema, name: string): readonly ForeignKey[] {
  return schema.tables
    .filter((table) => table.name !== name)
    .flatMap((table) => table.foreignKeys)
    .filter((key) => key.refTable === name)
}

/** Foreign keys rest on the primary key where it covers the same columns. */
function brokenByKey(columns: readonly string[], table: Table, schema: Schema): string | null {
  const isSpare = isSame(table.primaryKey?.columns.toSorted(), columns.toSorted())
  return isSpare ? null : isReferenced(columns, table, schema)
}

/** Whether a key over these columns is what a foreign key of another table rests on. */
function isReferenced(columns: readonly string[], table: Table, schema: Schema): string | null {
  const needs = referencing(schema, table.name).some((key) =>
    isSame(key.refColumns.toSorted(), columns.toSorted()),
  )
  return needs ? 'a key references it' : null
}

function columnsMissing(column: Column, table: Table): string | null {
  if (column.generated === null) return null
  const names = table.columns.map((each) => each.name)
  return columnsIn(column.generated.sql, names).length === 0 ? 'computed from nothing' : null
}

function lacksEnum(column: Column, schema: Schema): boolean {
  const name = enumOf(column)
  return name !== null && !schema.enums.some((each) => each.name === name)
}

function enumOf(column: Column): string | null {
  return column.type.kind === 'enum' ? column.type.native : null
}

/** The names of indexes are unique in a whole schema. */
function doubleName(schema: Schema): string | null {
  const names = schema.tables.flatMap((table) =>
    [...table.indexes, ...table.uniques].map((each) => each.name),
  )
  const double = names.find((name, at) => names.indexOf(name) !== at)
  return double === undefined ? null : `two indexes ${double}`
}

function tableIn(schema: Schema, name: string): Table {
  const table = schema.tables.find((each) => each.name === name)
  if (table === undefined) throw new Error(`no table ${name}`)
  return table
}
