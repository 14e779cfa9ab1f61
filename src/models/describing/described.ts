/** What one model class says of its table, before it is held together with the others. */
import type { ColumnType, LiteralValue } from '../../schema/column.js'
import type { ModelSource } from '../../schema/desired.js'
import type { Table, TableName } from '../../schema/table.js'
import type { Assumption } from './property-column.js'
import type { ModelClass } from '../model-class.js'

/** A model class with a table. */
export interface Model {
  readonly model: ModelClass
  readonly source: ModelSource
  /** As it stands in the database. */
  readonly table: TableName
}

export interface InferredColumn {
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
  readonly assumption: Assumption | null
  /** Whether the model names it, and not only a relation or Objection's default for `idColumn`. */
  readonly isStated: boolean
  /** What jsonSchema says of it; null where it says nothing. */
  readonly property: InferredProperty | null
}

export interface InferredProperty {
  /** `User.name`. */
  readonly where: string
  readonly jsonTypes: readonly string[]
  readonly offered: LiteralValue | undefined
}

/** What a model without `defineTable` says. */
export interface InferredModel extends Model {
  /** Those of the primary key first. */
  readonly columns: readonly InferredColumn[]
  readonly primaryKey: readonly string[]
  /** Properties that jsonSchema names and the model does not store. */
  readonly notStored: readonly string[]
}

/** What a model with `defineTable` says. */
export interface DeclaredModel extends Model {
  readonly declared: Table
  readonly offered: Readonly<Record<string, LiteralValue>>
}

/** A relation without a join table: columns of one table that hold a key of another. */
export interface Reference {
  /** `User.team`. */
  readonly where: string
  readonly source: ModelSource
  readonly table: TableName
  readonly columns: readonly string[]
  readonly refTable: TableName
  readonly refColumns: readonly string[]
  /** Whether `filter` or `modify` narrow it to some rows, or it joins by other columns than a key. */
  readonly isLoose: boolean
}

/** A relation through a join table. */
export interface Join {
  /** `Post.tags`. */
  readonly where: string
  readonly source: ModelSource
  readonly table: TableName
  readonly references: readonly [Reference, Reference]
  readonly extras: readonly string[]
}

export interface Relations {
  readonly references: readonly Reference[]
  readonly joins: readonly Join[]
}
