/** What a comparison is given and what it finds. */
import type { Operation } from '../operations/operation.js'
import type { DesiredTable, Note } from '../schema/desired.js'
import type { Schema } from '../schema/schema.js'
import type { Table, TableName } from '../schema/table.js'

/** One name for another: of a column, or of a table where `column` is null. */
export interface GivenRename {
  /** The table by its name in the database, or by the name that another answer gives it. */
  readonly table: TableName
  readonly column: string | null
  readonly to: string
}

export interface GivenRenames {
  /** Answered with yes. */
  readonly renames: readonly GivenRename[]
  /** Answered with no: the one is dropped, the other added. */
  readonly apart: readonly GivenRename[]
}

/** What of a table is compared; what is `false` is taken to be as the database has it. */
export interface Facets {
  readonly types: boolean
  readonly nullability: boolean
  readonly defaults: boolean
  readonly generated: boolean
  readonly collations: boolean
  readonly comments: boolean
  readonly primaryKeys: boolean
  readonly uniques: boolean
  readonly indexes: boolean
  readonly foreignKeys: boolean
  readonly checks: boolean
}

export interface CompareInput {
  /** As introspected, in neutral form. */
  readonly current: Schema
  readonly currentViews: readonly string[]
  /** One a table. */
  readonly desired: readonly DesiredTable[]
  /**
   * A table as the database would report it back; two are the same when these are. `like` is the
   * table on the other side, whose spelling counts where the database can hold several.
   */
  readonly canonical: (table: Table, like?: Table) => Table
  /** Tables that a revision written from models created: dropped when no model claims them. */
  readonly managed: ReadonlySet<TableName>
  /** Enum types that a revision written from models created: dropped when nothing uses them. */
  readonly managedEnums: ReadonlySet<string>
  /** Other tables without a model that are to be dropped all the same. */
  readonly dropUnmanaged: readonly TableName[]
  readonly answers: GivenRenames
  readonly facets: Facets
  /** Whether a table, or a column of it, is the tool's business. */
  readonly isIncluded: (table: TableName, column: string | null) => boolean
  /** False while a model failed to load: what no model names may be what that model names. */
  readonly allowDrops: boolean
}

/** A dropped and an added table or column that may be one and the same. */
export interface RenameCandidate {
  /** By its name in the database, or the one that an answer gave it. */
  readonly table: TableName
  /** Null where the table itself is the candidate. */
  readonly column: string | null
  readonly to: string
  /** 0 to 1. */
  readonly score: number
  /** What speaks for it, one short text each: `same type varchar(80)`. */
  readonly evidence: readonly string[]
}

export type RowFacet =
  | 'table'
  | 'column'
  | 'primaryKey'
  | 'unique'
  | 'index'
  | 'foreignKey'
  | 'check'
  | 'comment'
  | 'options'

/** One line of a table, model and database side by side. */
export interface ComparisonRow {
  readonly facet: RowFacet
  readonly name: string
  /** Null where that side does not have it. */
  readonly model: string | null
  readonly database: string | null
  /** `undeclared`: the model says too little to judge it, and it is left alone. */
  readonly status: 'same' | 'changed' | 'onlyModel' | 'onlyDatabase' | 'undeclared'
  /** Why it is what it is; empty where that needs no words. */
  readonly reason: string
}

export interface TableComparison {
  readonly table: TableName
  /** `unmanaged`: no model claims it, and it is left alone. */
  readonly status: 'same' | 'changed' | 'onlyModel' | 'onlyDatabase' | 'unmanaged'
  /** Columns first, in the model's order. Empty where both sides are the same to the letter. */
  readonly rows: readonly ComparisonRow[]
}

export interface Undeclared {
  readonly table: TableName
  readonly column: string
  readonly type: string
}

/** A table that both sides have. */
export interface DifferingTable {
  /** As the database has it, under its new name where it was renamed. */
  readonly current: Table
  /** What it should be, under the same name. */
  readonly wanted: Table
}

export interface Comparison {
  /** What makes the database what the models ask for, in an order that can be carried out. */
  readonly operations: readonly Operation[]
  /** Unanswered, tables before columns, the likeliest first. */
  readonly renames: readonly RenameCandidate[]
  /** Columns that a model which only infers does not name. */
  readonly undeclared: readonly Undeclared[]
  /** Tables that no model claims and that stay. */
  readonly unmanaged: readonly TableName[]
  readonly notes: readonly Note[]
  /** Every table of either side: the models' first, in their order. Worked out for who shows it. */
  readonly tables: () => readonly TableComparison[]
  /** Tables that both sides have and that are not the same by their canonical forms. */
  readonly differing: readonly DifferingTable[]
}
