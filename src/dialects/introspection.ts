/** A database as it stands, as every engine tells of it. */
import type { Schema } from '../schema/schema.js'
import type { TableName, TableOptions } from '../schema/table.js'

/** Which tables to look at: all but `except` (our own and Knex's history tables), or those named. */
export interface Scope {
  readonly only: readonly TableName[] | null
  readonly except: readonly TableName[]
  /** Schemas to look at beside those of the search path: those in which models have tables. */
  readonly schemas?: readonly string[]
}

export interface View {
  readonly name: string
  readonly sql: string
}

export interface Trigger {
  readonly name: string
  readonly table: TableName
}

export interface LeftAlone {
  readonly name: string
  readonly reason: string
  /** Whether it has the name of a table to itself; false for a part of one. */
  readonly isWhole: boolean
}

/** A database as it stands: its schema, and what the tool sees but does not manage. */
export interface Introspection {
  readonly schema: Schema
  readonly views: readonly View[]
  readonly triggers: readonly Trigger[]
  /** Objects left alone on purpose (virtual tables, partitions, an extension's), each with the reason. */
  readonly leftAlone: readonly LeftAlone[]
  /** The schema that names of tables do not say; null where that is not known. */
  readonly defaultSchema: string | null
  /** True where names of tables that differ in case alone are one name; absent where they are two. */
  readonly foldsTableNames?: boolean
  /** The options that tables get which state none; absent where the database has no word for any. */
  readonly usualOptions?: TableOptions
}
