/** A whole schema: what a database holds, what a history leads to, or what models ask for. */
import type { Table } from './table.js'

/** A type of the database's own that lists its values. */
export interface EnumType {
  readonly name: string
  readonly values: readonly string[]
}

/** Table names are unique; order is that of creation where it is known. */
export interface Schema {
  readonly tables: readonly Table[]
  readonly enums: readonly EnumType[]
}

export const EMPTY_SCHEMA: Schema = { tables: [], enums: [] }
