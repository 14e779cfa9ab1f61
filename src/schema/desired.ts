/** What the models ask for: tables, and how much of each the models really say. */
import type { LiteralValue } from './column.js'
import type { Table, TableName } from './table.js'

/** Where a model class stands, for messages: its class name and its file relative to the project. */
export interface ModelSource {
  readonly model: string
  readonly file: string
}

/** One table as the models on it describe it. */
export interface DesiredTable {
  readonly table: Table
  /**
   * `declared`: by `defineTable`, complete: what it does not name, the table should not have.
   * `inferred`: from jsonSchema and relations, weak: against a table that exists it only finds new
   * columns; everything it does not name is undeclared and left alone.
   */
  readonly source: 'declared' | 'inferred'
  readonly models: readonly ModelSource[]
  /** jsonSchema's `default` by column, offered where a new NOT NULL column needs a value. */
  readonly offeredValues: Readonly<Record<string, LiteralValue>>
  /** What inference assumed for a table that does not exist yet; one sentence each. */
  readonly assumed: readonly string[]
  /** Facts of inference to hold against the live table (a relation without a key, a null-only type). */
  readonly expectations: readonly Expectation[]
  /**
   * Columns that only a relation or Objection's default `idColumn` names: part of the table where it
   * does not exist yet, and never added to one that does.
   */
  readonly createOnly?: readonly string[]
}

/** Something jsonSchema or a relation says that is worth a note where the live table disagrees. */
export type Expectation =
  | {
      readonly kind: 'relation'
      readonly where: string
      readonly columns: readonly string[]
      readonly refTable: TableName
      readonly refColumns: readonly string[]
    }
  | {
      readonly kind: 'property'
      readonly where: string
      readonly column: string
      readonly jsonTypes: readonly string[]
    }

/** A difference that stays a difference: told, with its reason, and never acted on. */
export interface Note {
  readonly code: string
  readonly message: string
  /** A table, a column (`users.name`), a model or a file. */
  readonly where: string
}

/** A model file, class or relation that could not be read. */
export interface LoadFailure {
  readonly file: string
  /** The class that declares it; null where the whole file failed. */
  readonly model: string | null
  readonly reason: string
  /** What kind of failure it is; stable, in capitals, and begins with `MODEL_`. */
  readonly code?: string
  /** What the file printed while it was loaded, at most its last 4,000 characters. */
  readonly output?: string
}

export interface LoadedModels {
  readonly tables: readonly DesiredTable[]
  readonly failures: readonly LoadFailure[]
  readonly notes: readonly Note[]
  /** Every model class that was read, also those on views or without a table. */
  readonly models: readonly (ModelSource & { readonly table: TableName | null })[]
}
