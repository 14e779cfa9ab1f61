/** What a sketch knows, and what operations make of it: data alone, no server is asked. */
import { applyOperation } from '../../../operations/apply.js'
import { ApplyError } from '../../../operations/apply-error.js'
import type { Operation } from '../../../operations/operation.js'
import type { EnumType, Schema } from '../../../schema/schema.js'
import { EMPTY_SCHEMA } from '../../../schema/schema.js'
import type { Table, TableName } from '../../../schema/table.js'
import type { EnumColumn } from '../emit/survey.js'
import { NONE_FRESH, type FreshValues } from './fresh-values.js'
import { splitName } from '../names.js'
import type { LiveTable } from '../catalog/read-table.js'

export interface SketchState {
  readonly schema: Schema
  /** Tables that were looked for in the database, found or not. */
  readonly seen: ReadonlySet<TableName>
  /** The names in the database of tables that were renamed here; null for a name that is no longer its own. */
  readonly origins: ReadonlyMap<TableName, TableName | null>
  /** The same of columns, by the table's name in the database and theirs of now. */
  readonly columnOrigins: ReadonlyMap<string, string | null>
  readonly fresh: FreshValues
}

export const NOTHING_YET: SketchState = {
  schema: EMPTY_SCHEMA,
  seen: new Set(),
  origins: new Map(),
  columnOrigins: new Map(),
  fresh: NONE_FRESH,
}

/** The state after operations; of values that they made fresh their statements tell. */
export function after(state: SketchState, operations: readonly Operation[]): SketchState {
  return {
    ...state,
    ...operations.reduce(withOrigins, state),
    schema: withEnums(operations.reduce(applied, state.schema)),
    seen: new Set([...state.seen, ...operations.flatMap(namesIn)]),
  }
}

function applied(schema: Schema, operation: Operation): Schema {
  try {
    return applyOperation(schema, operation)
  } catch (thrown) {
    // The server would refuse it; here the statement is what is wanted.
    if (!(thrown instanceof ApplyError)) throw thrown
    return schema
  }
}

function namesIn(operation: Operation): readonly TableName[] {
  switch (operation.kind) {
    case 'createTable':
    case 'dropTable':
      return [operation.table.name]
    case 'renameTable':
      return [operation.from, operation.to]
    default:
      return []
  }
}

type Origins = Pick<SketchState, 'origins' | 'columnOrigins'>

function withOrigins(known: Origins, operation: Operation): Origins {
  const { origins, columnOrigins } = known
  switch (operation.kind) {
    case 'dropTable':
      return { ...known, origins: new Map([...origins, [operation.table.name, null]]) }
    case 'renameTable': {
      const { from, to } = operation
      return from === to ? known : { ...known, origins: moved(origins, [from, from], [to, to]) }
    }
    case 'renameColumn': {
      const { from, to } = operation
      const keyOf = (column: string): string => columnKey(known, operation.table, column)
      return from === to
        ? known
        : { ...known, columnOrigins: moved(columnOrigins, [keyOf(from), from], [keyOf(to), to]) }
    }
    case 'addColumn':
    case 'dropColumn': {
      const key = columnKey(known, operation.table, operation.column.name)
      return { ...known, columnOrigins: new Map([...columnOrigins, [key, null]]) }
    }
    default:
      return known
  }
}

/** Origins after a rename, of a key and a name to others. */
function moved(
  origins: ReadonlyMap<string, string | null>,
  [fromKey, from]: readonly [string, string],
  [toKey]: readonly [string, string],
): ReadonlyMap<string, string | null> {
  const known = origins.get(fromKey)
  return new Map([...origins, [fromKey, null], [toKey, known === undefined ? from : known]])
}

/** The name in the database of a table of now; null for one that only the operations have made. */
export function tableOrigin(
  { origins }: Pick<SketchState, 'origins'>,
  name: TableName,
): TableName | null {
  const origin = origins.get(name)
  return origin === undefined ? name : origin
}

/** The name in the database of a column of now; null for one that only the operations have made. */
export function columnOrigin(state: Origins, table: TableName, column: string): string | null {
  const origin = state.columnOrigins.get(columnKey(state, table, column))
  return origin === undefined ? column : origin
}

/** The key of a column in `columnOrigins`. */
export function columnKey(
  { origins }: Pick<SketchState, 'origins'>,
  table: TableName,
  column: string,
): string {
  return `${tableOrigin({ origins }, table) ?? ''}\u0000${column}`
}

/** A column of an enum that nobody has created brings its type with it. */
function withEnums(schema: Schema): Schema {
  const enums = new Map(schema.enums.map((each) => [each.name, each]))
  for (const each of schema.tables.flatMap(enumsOf)) {
    if (!enums.has(each.name)) enums.set(each.name, each)
  }
  return enums.size === schema.enums.length ? schema : { ...schema, enums: [...enums.values()] }
}

/** Asked at every operation of all tables, few of which are others than before. */
const known = new WeakMap<Table, readonly EnumType[]>()

/** The enum types that columns of a table have. */
function enumsOf(table: Table): readonly EnumType[] {
  const found =
    known.get(table) ??
    table.columns.flatMap(({ type }) =>
      type.kind === 'enum' && type.native !== null
        ? [{ name: type.native, values: type.values }]
        : [],
    )
  known.set(table, found)
  return found
}

/** The columns of an enum type. */
export function enumColumnsIn(tables: readonly Table[], name: string): readonly EnumColumn[] {
  return tables.flatMap((table) =>
    table.columns
      .filter(({ type }) => type.kind === 'enum' && type.native === name)
      .map((column) => ({ table: table.name, column: column.name, isArray: false })),
  )
}

/** A table that only these statements have made. */
export function made(table: Table): LiveTable {
  const { schema, bare } = splitName(table.name)
  return {
    table,
    schema: schema ?? '',
    bare,
    primaryKeyName: null,
    enumChecks: new Map(),
    sequences: new Map(),
    invalidIndexes: [],
    exclusions: [],
  }
}
