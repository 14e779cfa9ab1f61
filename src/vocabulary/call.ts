/** What one call on Knex's schema builder asks for, read but not yet held against a database. */
import type { Operation } from '../operations/operation.js'
import type { Table, TableName } from '../schema/table.js'
import type { Spelling } from './sql-text.js'

export type SchemaCall =
  /**
   * `createTable`, `alterTable` and their kin. `read` gives the operations, in the order in which
   * Knex runs them, against the table as it stands (null: there is none).
   */
  | {
      readonly kind: 'table'
      readonly method: 'createTable' | 'createTableIfNotExists' | 'alterTable'
      readonly table: TableName
      readonly read: (before: Table | null) => readonly Operation[]
    }
  | { readonly kind: 'dropTable'; readonly table: TableName; readonly ifExists: boolean }
  | { readonly kind: 'renameTable'; readonly from: TableName; readonly to: TableName }
  /** One of the functions of `migrate-tui/operations`, for what Knex has no word for. */
  | { readonly kind: 'operation'; readonly operation: Operation }
  /** What the reader does not know (a view, an extension of the builder): Knex's own statements. */
  | { readonly kind: 'unknown'; readonly what: string; readonly statements: readonly string[] }

/** A statement that is not a schema call: a query, data, raw SQL. */
export interface RawStatement {
  /** As sent, with `?` for bindings. */
  readonly sql: string
  readonly bindings: readonly unknown[]
  /** With the bindings written into it, as offline SQL prints it. */
  readonly text: string
  /** Whether it only reads. */
  readonly reads: boolean
  /** How the text is spelled; as standard SQL unless it is told. */
  readonly spelling?: Spelling
  /** The call that it is of, where that is one which the reader does not know. */
  readonly unknownCall?: string
}

/** The statements of a call that the reader does not know, as statements of the script. */
export function statementsOfUnknown(
  call: Extract<SchemaCall, { readonly kind: 'unknown' }>,
): readonly RawStatement[] {
  return call.statements.map((sql) => ({
    sql,
    bindings: [],
    text: sql,
    reads: false,
    unknownCall: call.what,
  }))
}
