/** Enum types of the database's own, seen from the columns that use them. */
import type { Column } from '../schema/column.js'
import type { EnumType, Schema } from '../schema/schema.js'
import type { Table } from '../schema/table.js'
import { ApplyError } from './apply-error.js'
import type { Operation } from './operation.js'

export type AlterEnum = Extract<Operation, { readonly kind: 'alterEnum' }>

/**
 * The schema with the enum's new values, in its list and in every column of that type; a default
 * that was renamed follows.
 * @throws ApplyError where neither the schema nor a column knows the enum.
 */
export function alterEnum(schema: Schema, operation: AlterEnum): Schema {
  const tables = schema.tables.map((table) =>
    table.columns.some((column) => isOf(column, operation.name))
      ? changeColumns(table, operation)
      : table,
  )
  const isListed = schema.enums.some((each) => each.name === operation.name)
  if (!isListed && tables.every((table, at) => table === schema.tables[at])) {
    throw new ApplyError('missing', null, `enum ${operation.name}`)
  }
  const enums = schema.enums.map((each) =>
    each.name === operation.name ? { ...each, values: operation.to } : each,
  )
  return { tables, enums }
}

/** The enums that an operation makes beside what it says: a column brings its type with it. */
export function enumsBrought(operation: Operation): readonly EnumType[] {
  return columnsMade(operation).flatMap(({ type }) =>
    type.kind === 'enum' && type.native !== null
      ? [{ name: type.native, values: type.values }]
      : [],
  )
}

function columnsMade(operation: Operation): readonly Column[] {
  switch (operation.kind) {
    case 'createTable':
      return operation.table.columns
    case 'addColumn':
      return [operation.column]
    case 'alterColumn':
      return [operation.to]
    default:
      return []
  }
}

function isOf(column: Column, name: string): boolean {
  return column.type.kind === 'enum' && column.type.native === name
}

function changeColumns(table: Table, operation: AlterEnum): Table {
  return {
    ...table,
    columns: table.columns.map((column) =>
      isOf(column, operation.name) ? alterEnumColumn(column, operation) : column,
    ),
  }
}

/** A column of the enum's type after the change. */
function alterEnumColumn(column: Column, operation: AlterEnum): Column {
  const value = column.default
  const renamed =
    value?.kind === 'literal' && typeof value.value === 'string'
      ? operation.renamed[value.value]
      : undefined
  return {
    ...column,
    type: { kind: 'enum', values: operation.to, native: operation.name },
    default: renamed === undefined ? value : { kind: 'literal', value: renamed },
  }
}
