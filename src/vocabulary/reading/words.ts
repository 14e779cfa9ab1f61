/** What is said inside one `createTable` or `alterTable` call, before it is held against the table. */
import type { Column } from '../../schema/column.js'
import type {
  ForeignKey,
  Index,
  PrimaryKey,
  TableName,
  TableOptions,
  Unique,
} from '../../schema/table.js'

/** A column as a builder states it. */
export interface StatedColumn {
  readonly column: Column
  /** What it says in so many words; what an `.alter()` does not say is kept. */
  readonly says: {
    readonly collation: boolean
    readonly comment: boolean
    readonly generation: boolean
    readonly type: boolean
    readonly nullable: boolean
  }
}

/** Something to drop, by its name or, where nobody names it, by its columns. */
export interface Dropped {
  /** The name given, or Knex's automatic one. */
  readonly name: string
  readonly columns: readonly string[]
  readonly ifExists: boolean
}

/** One thing said, its identifiers and expressions in their neutral form. */
export type TableWord =
  | { readonly kind: 'column'; readonly stated: StatedColumn }
  | { readonly kind: 'alterColumn'; readonly stated: StatedColumn }
  | { readonly kind: 'nullability'; readonly column: string; readonly nullable: boolean }
  | { readonly kind: 'dropColumn'; readonly column: string }
  | { readonly kind: 'renameColumn'; readonly from: string; readonly to: string }
  | { readonly kind: 'primary'; readonly key: PrimaryKey }
  | { readonly kind: 'dropPrimary'; readonly name: string | null; readonly ifExists: boolean }
  | { readonly kind: 'unique'; readonly unique: Unique }
  | { readonly kind: 'index'; readonly index: Index }
  | { readonly kind: 'foreignKey'; readonly foreignKey: ForeignKey }
  /** `name: null`: nobody named it. */
  | { readonly kind: 'check'; readonly name: string | null; readonly sql: string }
  | {
      readonly kind: 'drop'
      readonly what: 'unique' | 'index' | 'foreignKey'
      readonly dropped: Dropped
    }
  | { readonly kind: 'dropCheck'; readonly name: string }
  | { readonly kind: 'comment'; readonly text: string | null }
  | { readonly kind: 'options'; readonly options: TableOptions }

export type WordOf<K extends TableWord['kind']> = Extract<TableWord, { readonly kind: K }>

/** What one call says of a table. */
export interface SaidOfTable {
  readonly table: TableName
  readonly words: readonly TableWord[]
  /** Whether the engine finds what a name means without its case. */
  readonly foldsNames: boolean
}
