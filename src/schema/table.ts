/** Tables, their keys, indexes and checks, in the neutral form that every database shares. */
import type { Column } from './column.js'

/**
 * A table's name as Knex writes it: `users`, or `app.users` where it is not in the default schema.
 * A dot separates the schema, so a table cannot have one in its own name.
 */
export type TableName = string

export type ReferentialAction = 'cascade' | 'set null' | 'set default' | 'restrict'

export type Deferrable = 'immediate' | 'deferred'

export interface PrimaryKey {
  /** Null where nobody named it; engines then choose, and the choice is no difference. */
  readonly name: string | null
  readonly columns: readonly string[]
}

/** A uniqueness rule over plain columns; where an engine has only unique indexes it is one. */
export interface Unique {
  readonly name: string
  readonly columns: readonly string[]
  readonly deferrable: Deferrable | null
  readonly nullsNotDistinct: boolean
}

export interface IndexPart {
  /** A column of the table, or an expression over its columns. */
  readonly on: { readonly column: string } | { readonly sql: string }
  readonly order: 'asc' | 'desc'
  /** Null is the engine's own place for the order. */
  readonly nulls: 'first' | 'last' | null
  readonly collation: string | null
  readonly opclass: string | null
  /** How many leading characters are indexed (MariaDB, MySQL); null is the whole value. */
  readonly prefix: number | null
}

export interface Index {
  readonly name: string
  readonly unique: boolean
  readonly parts: readonly IndexPart[]
  /** The predicate of a partial index. */
  readonly where: string | null
  /** Null is the engine's default method. */
  readonly method: string | null
  readonly include: readonly string[]
  readonly nullsNotDistinct: boolean
}

export interface ForeignKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly refTable: TableName
  readonly refColumns: readonly string[]
  /** Null is NO ACTION, the default everywhere. */
  readonly onDelete: ReferentialAction | null
  readonly onUpdate: ReferentialAction | null
  readonly deferrable: Deferrable | null
}

export interface Check {
  /**
   * Where nobody named it, the name PostgreSQL would choose: `table_column_check` over one column,
   * `table_check` over none or several, with a number behind it when that is taken.
   */
  readonly name: string
  readonly sql: string
}

/** What only one engine has a word for: storage engine, character set, inheritance. */
export type TableOptions = Readonly<Record<string, string>>

export interface Table {
  readonly name: TableName
  readonly columns: readonly Column[]
  readonly primaryKey: PrimaryKey | null
  readonly uniques: readonly Unique[]
  readonly indexes: readonly Index[]
  readonly foreignKeys: readonly ForeignKey[]
  readonly checks: readonly Check[]
  readonly comment: string | null
  readonly options: TableOptions
}

/** A table of which only the name is known. */
export function emptyTable(name: TableName): Table {
  return {
    name,
    columns: [],
    primaryKey: null,
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
    comment: null,
    options: {},
  }
}
