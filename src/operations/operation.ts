/** The verbs: one schema action each. What is compared, written, planned, judged and run is these. */
import type { Column } from '../schema/column.js'
import type { EnumType } from '../schema/schema.js'
import type {
  Check,
  ForeignKey,
  Index,
  PrimaryKey,
  Table,
  TableName,
  TableOptions,
  Unique,
} from '../schema/table.js'

/** A drop carries the whole dropped object, and a change both sides, so that a reverse needs no database. */
export type Operation =
  | { readonly kind: 'createTable'; readonly table: Table }
  | { readonly kind: 'dropTable'; readonly table: Table }
  | { readonly kind: 'renameTable'; readonly from: TableName; readonly to: TableName }
  | { readonly kind: 'addColumn'; readonly table: TableName; readonly column: Column }
  | { readonly kind: 'dropColumn'; readonly table: TableName; readonly column: Column }
  /** The same column before and after; its name does not change here. */
  | {
      readonly kind: 'alterColumn'
      readonly table: TableName
      readonly from: Column
      readonly to: Column
    }
  | {
      readonly kind: 'renameColumn'
      readonly table: TableName
      readonly from: string
      readonly to: string
    }
  | { readonly kind: 'addIndex'; readonly table: TableName; readonly index: Index }
  | { readonly kind: 'dropIndex'; readonly table: TableName; readonly index: Index }
  | { readonly kind: 'addUnique'; readonly table: TableName; readonly unique: Unique }
  | { readonly kind: 'dropUnique'; readonly table: TableName; readonly unique: Unique }
  | { readonly kind: 'addForeignKey'; readonly table: TableName; readonly foreignKey: ForeignKey }
  | { readonly kind: 'dropForeignKey'; readonly table: TableName; readonly foreignKey: ForeignKey }
  | { readonly kind: 'addCheck'; readonly table: TableName; readonly check: Check }
  | { readonly kind: 'dropCheck'; readonly table: TableName; readonly check: Check }
  | {
      readonly kind: 'alterPrimaryKey'
      readonly table: TableName
      readonly from: PrimaryKey | null
      readonly to: PrimaryKey | null
    }
  | { readonly kind: 'createEnum'; readonly enum: EnumType }
  | { readonly kind: 'dropEnum'; readonly enum: EnumType }
  | {
      readonly kind: 'alterEnum'
      readonly name: string
      readonly from: readonly string[]
      readonly to: readonly string[]
      /** Values that only changed their spelling: old to new. */
      readonly renamed: Readonly<Record<string, string>>
    }
  | {
      readonly kind: 'alterComment'
      readonly table: TableName
      readonly from: string | null
      readonly to: string | null
    }
  | {
      readonly kind: 'alterOptions'
      readonly table: TableName
      readonly from: TableOptions
      readonly to: TableOptions
    }

export type OperationKind = Operation['kind']

/** Those operations that Knex says inside one `alterTable` call. */
export type TableOperation = Extract<Operation, { readonly table: TableName }>

/** The table that an operation is about, by its name before it ran; null for an enum. */
export function tableOf(operation: Operation): TableName | null {
  switch (operation.kind) {
    case 'createTable':
    case 'dropTable':
      return operation.table.name
    case 'renameTable':
      return operation.from
    case 'createEnum':
    case 'dropEnum':
    case 'alterEnum':
      return null
    default:
      return operation.table
  }
}
