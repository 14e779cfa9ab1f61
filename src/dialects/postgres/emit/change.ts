/** What altering a column is about. */
import type { Operation } from '../../../operations/operation.js'
import type { Column } from '../../../schema/column.js'

export type AlterColumn = Extract<Operation, { readonly kind: 'alterColumn' }>

/** A column on its way: where it stands, where it goes, and in which table. */
export interface Change {
  readonly table: string
  readonly now: Column
  readonly to: Column
  readonly isKey: boolean
}
