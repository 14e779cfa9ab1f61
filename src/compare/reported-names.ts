/** Names as a database gives them back: where one is too long, it may keep the beginning only. */
import type { Table } from '../schema/table.js'
import { emptyTable } from '../schema/table.js'

type Canonical = (table: Table) => Table

/** What a table of that name is called in the database. */
export function reportedTableName(canonical: Canonical, name: string): string {
  return canonical(emptyTable(name)).name
}

/** What an index, a key or a check of that name is called in the database. */
export function reportedConstraintName(canonical: Canonical, name: string): string {
  const unique = { name, columns: [], deferrable: null, nullsNotDistinct: false }
  return canonical({ ...emptyTable(''), uniques: [unique] }).uniques[0]?.name ?? name
}
