/** What a schema is after an operation. */
import type { Column } from '../schema/column.js'
import type { EnumType, Schema } from '../schema/schema.js'
import type { Table, TableName } from '../schema/table.js'
import { ApplyError } from './apply-error.js'
import { isCounter } from './counter.js'
import { withoutColumn } from './drop-column.js'
import { alterEnum } from './enum.js'
import type { Operation, TableOperation } from './operation.js'
import { renameColumn, renameTable } from './rename.js'
import { changeConstraint } from './constraint.js'

/**
 * The schema after an operation. References follow a rename; a dropped column takes with it what
 * names it in its own table; a counting column becomes the primary key of a table that has none.
 * @throws ApplyError where the operation names what is not there, or adds what is.
 */
export function applyOperation(schema: Schema, operation: Operation): Schema {
  switch (operation.kind) {
    case 'createTable':
      expectNoTable(schema, operation.table.name)
      return { ...schema, tables: [...schema.tables, operation.table] }
    case 'dropTable': {
      const { name } = tableAt(schema, operation.table.name)
      return { ...schema, tables: schema.tables.filter((table) => table.name !== name) }
    }
    case 'renameTable':
      tableAt(schema, operation.from)
      if (operation.from !== operation.to) expectNoTable(schema, operation.to)
      return { ...schema, tables: renameTable(schema.tables, operation) }
    case 'renameColumn':
      expectRenamable(tableAt(schema, operation.table), operation)
      return { ...schema, tables: renameColumn(schema.tables, operation.table, operation) }
    case 'createEnum':
      expectNoEnum(schema, operation.enum.name)
      return { ...schema, enums: [...schema.enums, operation.enum] }
    case 'dropEnum':
      return { ...schema, enums: withoutEnum(schema.enums, operation.enum.name) }
    case 'alterEnum':
      return alterEnum(schema, operation)
    default:
      return changeTable(schema, operation.table, (table) => applyToTable(table, operation))
  }
}

/**
 * The schema after operations, carried out in order.
 * @throws ApplyError at the first that does not fit.
 */
export function applyOperations(schema: Schema, operations: readonly Operation[]): Schema {
  let now = schema
  // Tables that are made one after the other join at once: a first migration makes all of them, and
  // a list that is copied and searched for each costs their square.
  let made: Table[] = []
  for (const operation of operations) {
    if (operation.kind === 'createTable') {
      made.push(operation.table)
    } else {
      now = applyOperation(withTables(now, made), operation)
      made = []
    }
  }
  return withTables(now, made)
}

function withTables(schema: Schema, made: readonly Table[]): Schema {
  if (made.length === 0) return schema
  const names = new Set(schema.tables.map((table) => table.name))
  for (const { name } of made) {
    if (names.has(name)) throw tableTaken(name)
    names.add(name)
  }
  return { ...schema, tables: [...schema.tables, ...made] }
}

type Alteration = Exclude<
  TableOperation,
  { readonly kind: 'renameTable' | 'renameColumn' | 'createTable' | 'dropTable' }
>

function applyToTable(table: Table, operation: Alteration): Table {
  switch (operation.kind) {
    case 'addColumn':
      if (hasColumn(table, operation.column.name)) {
        throw new ApplyError('taken', table.name, `column ${operation.column.name}`)
      }
      return withColumn(table, operation.column)
    case 'dropColumn':
      expectColumn(table, operation.column.name)
      return withoutColumn(table, operation.column.name)
    case 'alterColumn':
      expectColumn(table, operation.from.name)
      return {
        ...table,
        columns: table.columns.map((column) =>
          column.name === operation.from.name ? operation.to : column,
        ),
      }
    case 'alterPrimaryKey':
      for (const column of operation.to?.columns ?? []) expectColumn(table, column)
      return { ...table, primaryKey: operation.to }
    case 'alterComment':
      return { ...table, comment: operation.to }
    case 'alterOptions':
      return { ...table, options: operation.to }
    default:
      return changeConstraint(table, operation)
  }
}

/** `increments()` alone makes its column the primary key, in a new table and in an old one. */
function withColumn(table: Table, column: Column): Table {
  const primaryKey =
    isCounter(column) && table.primaryKey === null
      ? { name: null, columns: [column.name] }
      : table.primaryKey
  return { ...table, columns: [...table.columns, column], primaryKey }
}

function changeTable(schema: Schema, name: TableName, change: (table: Table) => Table): Schema {
  const found = tableAt(schema, name)
  const changed = change(found)
  return { ...schema, tables: schema.tables.map((table) => (table === found ? changed : table)) }
}

function tableAt(schema: Schema, name: TableName): Table {
  const table = schema.tables.find((each) => each.name === name)
  if (table === undefined) throw new ApplyError('missing', name, `table ${name}`)
  return table
}

function expectNoTable(schema: Schema, name: TableName): void {
  if (schema.tables.some((table) => table.name === name)) throw tableTaken(name)
}

function tableTaken(name: TableName): ApplyError {
  return new ApplyError('taken', name, `table ${name}`)
}

function expectColumn(table: Table, name: string): void {
  if (!hasColumn(table, name)) throw new ApplyError('missing', table.name, `column ${name}`)
}

function expectRenamable(
  table: Table,
  names: { readonly from: string; readonly to: string },
): void {
  expectColumn(table, names.from)
  if (names.from !== names.to && hasColumn(table, names.to)) {
    throw new ApplyError('taken', table.name, `column ${names.to}`)
  }
}

function hasColumn(table: Table, name: string): boolean {
  return table.columns.some((column) => column.name === name)
}

function expectNoEnum(schema: Schema, name: string): void {
  if (schema.enums.some((each) => each.name === name)) {
    throw new ApplyError('taken', null, `enum ${name}`)
  }
}

function withoutEnum(enums: readonly EnumType[], name: string): readonly EnumType[] {
  const left = enums.filter((each) => each.name !== name)
  if (left.length === enums.length) throw new ApplyError('missing', null, `enum ${name}`)
  return left
}
