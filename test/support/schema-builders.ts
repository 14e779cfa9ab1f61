/** Parts of a schema with everything left out that a test does not say. */
import type { Column } from '../../src/schema/column.js'
import type { ForeignKey, Index, Table, Unique } from '../../src/schema/table.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from './schema-arbitraries.js'

export function column(name: string, more: Partial<Column> = {}): Column {
  return { ...PLAIN_COLUMN, name, ...more }
}

export const id = column('id', { type: { kind: 'increments' }, nullable: false })
export const email = column('email', { type: { kind: 'string', length: 120 } })

export function table(name: string, columns: readonly Column[], more: Partial<Table> = {}): Table {
  return { ...EMPTY_TABLE, name, columns, ...more }
}

export function unique(name: string, ...columns: readonly string[]): Unique {
  return { name, columns, deferrable: null, nullsNotDistinct: false }
}

export function index(name: string, columns: readonly string[], more: Partial<Index> = {}): Index {
  return {
    name,
    unique: false,
    parts: columns.map((each) => ({
      on: { column: each },
      order: 'asc',
      nulls: null,
      collation: null,
      opclass: null,
      prefix: null,
    })),
    where: null,
    method: null,
    include: [],
    nullsNotDistinct: false,
    ...more,
  }
}

export function key(
  name: string,
  on: string,
  refTable: string,
  more: Partial<ForeignKey> = {},
): ForeignKey {
  return {
    name,
    columns: [on],
    refTable,
    refColumns: ['id'],
    onDelete: null,
    onUpdate: null,
    deferrable: null,
    ...more,
  }
}
