/** A table as the server holds it: what the neutral form leaves out is still here. */
import type { Column } from '../../../schema/column.js'
import type {
  Check,
  ForeignKey,
  IndexPart,
  TableName,
  TableOptions,
} from '../../../schema/table.js'

export interface PhysicalColumn {
  /** Its type is the live one, even where the model said another (`declared` below). */
  readonly column: Column
  /** A CHECK that hangs on the column and goes with its definition, as the server prints it. */
  readonly check: string | null
  readonly invisible: boolean
}

export interface PhysicalIndex {
  readonly name: string
  readonly unique: boolean
  readonly parts: readonly IndexPart[]
  /** `fulltext`, `spatial`; null for an ordered one. */
  readonly method: 'fulltext' | 'spatial' | null
  readonly comment: string
}

export interface PhysicalKey {
  /** The server's name for it; the foreign key's own is a stand-in where nobody named it. */
  readonly realName: string
  readonly foreignKey: ForeignKey
}

export interface PhysicalCheck {
  readonly realName: string
  readonly check: Check
  /** The column on which it hangs; null where it is the table's own. */
  readonly column: string | null
}

export interface PhysicalTable {
  readonly name: TableName
  readonly columns: readonly PhysicalColumn[]
  readonly primaryKey: readonly string[] | null
  readonly indexes: readonly PhysicalIndex[]
  readonly foreignKeys: readonly PhysicalKey[]
  readonly checks: readonly PhysicalCheck[]
  readonly comment: string | null
  readonly options: TableOptions
}

/** A foreign key of another table that points here. */
export interface Referrer {
  readonly table: PhysicalTable
  readonly key: PhysicalKey
}

/** The columns of an index, whole ones in order; null where it has an expression or a prefix. */
export function plainColumns(index: PhysicalIndex): readonly string[] | null {
  const columns: string[] = []
  for (const part of index.parts) {
    if (!('column' in part.on) || part.prefix !== null) return null
    columns.push(part.on.column)
  }
  return columns
}

/** Whether an index begins with these columns in this order, as a foreign key needs one that does. */
export function serves(columns: readonly string[], needed: readonly string[]): boolean {
  return needed.every((column, at) => columns[at]?.toLowerCase() === column.toLowerCase())
}

/** Whether two lists name the same columns in the same order. */
export function isSameColumns(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && serves(a, b)
}
