/** What a revision said it would do: the operations and raw statements that the guard heard of. */
import type { Operation } from '../../../operations/operation.js'
import { tableOf } from '../../../operations/operation.js'
import { fold } from '../names.js'
import type { RawNames } from './raw-statement.js'

export interface GuardRecord {
  readonly operations: readonly Operation[]
  readonly raw: readonly RawNames[]
  /** The renames of tables among the operations, folded, in their order. */
  readonly renames: readonly { readonly from: string; readonly to: string }[]
}

export function recordOf(operations: readonly Operation[], raw: readonly RawNames[]): GuardRecord {
  const renames = operations.flatMap((operation) =>
    operation.kind === 'renameTable'
      ? [{ from: fold(operation.from), to: fold(operation.to) }]
      : [],
  )
  return { operations, raw, renames }
}

/** The folded names, before and after, of the tables that operations are about. */
export function operationTables(operations: readonly Operation[]): ReadonlySet<string> {
  return new Set(
    operations.flatMap((operation) => {
      const table = tableOf(operation)
      const to = operation.kind === 'renameTable' ? [operation.to] : []
      return table === null ? [] : [fold(table), ...to.map(fold)]
    }),
  )
}

/** The name of a table after the revision's renames; both folded. */
export function nameAfter(record: GuardRecord, table: string): string {
  return record.renames.reduce((name, { from, to }) => (from === name ? to : name), table)
}

/** The folded names, at the end, of the tables that operations created. */
export function createdTables(record: GuardRecord): ReadonlySet<string> {
  return new Set(
    record.operations.flatMap((operation) =>
      operation.kind === 'createTable' ? [nameAfter(record, fold(operation.table.name))] : [],
    ),
  )
}

export function isRenaming(operation: Operation): boolean {
  return operation.kind === 'renameTable' || operation.kind === 'renameColumn'
}

/** Whether a raw statement that may change the structure names this. */
export function isNamedByDdl(record: GuardRecord, folded: string): boolean {
  return record.raw.some((raw) => raw.isDdl && raw.names.has(folded))
}

/** Whether an operation drops the table. */
export function isDropped(record: GuardRecord, table: string): boolean {
  return record.operations.some(
    (operation) => operation.kind === 'dropTable' && fold(operation.table.name) === table,
  )
}
