/** What operations state anew, one thing at a time: what an engine has, lacks, or makes something else of. */
import type { Column } from '../schema/column.js'
import type { Check, ForeignKey, Index, Table, Unique } from '../schema/table.js'
import type { Operation } from './operation.js'

export type Stated =
  /** A whole table: its name, its options, what its columns are to each other. */
  | { readonly kind: 'table'; readonly it: Table }
  | { readonly kind: 'column'; readonly it: Column }
  /** What a column is made of another one; what it is then is stated as a column too. */
  | { readonly kind: 'columnChange'; readonly it: ColumnChange }
  | { readonly kind: 'unique'; readonly it: Unique }
  | { readonly kind: 'index'; readonly it: Index }
  | { readonly kind: 'foreignKey'; readonly it: ForeignKey }
  | { readonly kind: 'check'; readonly it: Check }
  /** Other values of a type that the database keeps beside its tables. */
  | { readonly kind: 'enumChange'; readonly it: Extract<Operation, { readonly kind: 'alterEnum' }> }

export interface ColumnChange {
  readonly name: string
  readonly from: Column
  readonly to: Column
}

/** The things that an operation makes; none for a drop or a rename. */
export function statedBy(operation: Operation): readonly Stated[] {
  switch (operation.kind) {
    case 'createTable': {
      const { table } = operation
      return [
        { kind: 'table', it: table },
        ...table.columns.map((it): Stated => ({ kind: 'column', it })),
        ...table.uniques.map((it): Stated => ({ kind: 'unique', it })),
        ...table.indexes.map((it): Stated => ({ kind: 'index', it })),
        ...table.foreignKeys.map((it): Stated => ({ kind: 'foreignKey', it })),
        ...table.checks.map((it): Stated => ({ kind: 'check', it })),
      ]
    }
    case 'addColumn':
      return [{ kind: 'column', it: operation.column }]
    case 'alterColumn': {
      const { from, to } = operation
      return [
        { kind: 'column', it: to },
        { kind: 'columnChange', it: { name: to.name, from, to } },
      ]
    }
    case 'addUnique':
      return [{ kind: 'unique', it: operation.unique }]
    case 'addIndex':
      return [{ kind: 'index', it: operation.index }]
    case 'addForeignKey':
      return [{ kind: 'foreignKey', it: operation.foreignKey }]
    case 'addCheck':
      return [{ kind: 'check', it: operation.check }]
    case 'alterEnum':
      return [{ kind: 'enumChange', it: operation }]
    default:
      return []
  }
}
