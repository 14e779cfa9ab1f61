/** The database as it is before each operation of a list: read once, then followed in memory. */
import { applyOperation } from '../../../operations/apply.js'
import { ApplyError } from '../../../operations/apply-error.js'
import type { Operation } from '../../../operations/operation.js'
import { tableOf } from '../../../operations/operation.js'
import type { Schema } from '../../../schema/schema.js'
import type { Table, TableName } from '../../../schema/table.js'
import type { LiveTable } from '../catalog/read-table.js'
import type { Survey } from './survey.js'

export interface EmitContext {
  readonly survey: Survey
  /** The table as it is now; null where nobody knows it. */
  table(name: TableName): Table | null
  /** What the catalog knows of the table beyond its neutral form; null for one made by these operations. */
  live(name: TableName): LiveTable | null
  /** Whether an enum type of this name is there now. */
  hasEnum(name: string): boolean
  /** Tells of an operation whose statements are written. */
  done(operation: Operation): void
}

/** Operations whose statements say nothing but what the operation says. */
const PLAIN: ReadonlySet<Operation['kind']> = new Set([
  'createTable',
  'dropTable',
  'renameTable',
  'renameColumn',
  'alterComment',
  'createEnum',
  'dropEnum',
  'alterEnum',
])

/** Reads what the operations need, and no more: most need nothing. */
export async function readContext(
  survey: Survey,
  operations: readonly Operation[],
): Promise<EmitContext> {
  const wanted = new Set(
    operations
      .filter(({ kind }) => !PLAIN.has(kind))
      .flatMap((operation) => tableOf(operation) ?? []),
  )
  const isExact = operations.some(
    ({ kind }) => kind === 'alterColumn' || kind === 'alterPrimaryKey',
  )
  const names = [...wanted]
  const read = isExact ? survey.exactTables(names) : survey.tables(names)
  const tables = names.length === 0 ? [] : await read
  const enums = operations.some(usesEnum) ? await survey.enums() : []
  return followed(survey, tables, { tables: tables.map(({ table }) => table), enums })
}

function followed(survey: Survey, tables: readonly LiveTable[], start: Schema): EmitContext {
  let schema = start
  const live = new Map(tables.map((each) => [each.table.name, each]))
  return {
    survey,
    table: (name) => schema.tables.find((table) => table.name === name) ?? null,
    live: (name) => live.get(name) ?? null,
    hasEnum: (name) => schema.enums.some((each) => each.name === name),
    done(operation) {
      try {
        schema = applyOperation(schema, operation)
      } catch (thrown) {
        // What was not read is not followed; the server says what is not there.
        if (!(thrown instanceof ApplyError)) throw thrown
      }
      if (operation.kind !== 'renameTable') return
      const renamed = live.get(operation.from)
      if (renamed !== undefined) live.set(operation.to, renamed)
    },
  }
}

function usesEnum(operation: Operation): boolean {
  switch (operation.kind) {
    case 'createTable':
      return operation.table.columns.some(
        ({ type }) => type.kind === 'enum' && type.native !== null,
      )
    case 'addColumn':
      return operation.column.type.kind === 'enum' && operation.column.type.native !== null
    case 'alterColumn':
      return operation.to.type.kind === 'enum' && operation.to.type.native !== null
    default:
      return false
  }
}
