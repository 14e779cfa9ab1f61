/** What foreign keys can rest on: the primary key, uniques, and unique indexes over whole columns of all rows. */
import type { Index, Table } from '../schema/table.js'

/** The columns of each such key of a table. */
export function uniqueKeys({
  primaryKey,
  uniques,
  indexes,
}: Table): readonly (readonly string[])[] {
  return [
    ...(primaryKey === null ? [] : [primaryKey.columns]),
    ...uniques.map((unique) => unique.columns),
    ...indexes.flatMap(uniqueColumns),
  ]
}

/** The columns of an index as a list of one, none where no foreign key can rest on it. */
export function uniqueColumns({ unique, where, parts }: Index): readonly (readonly string[])[] {
  const columns = parts.flatMap(({ on }) => ('column' in on ? [on.column] : []))
  return unique && where === null && columns.length === parts.length ? [columns] : []
}

/** Whether a key is over these columns, in whatever order. */
export function covers(key: readonly string[], columns: readonly string[]): boolean {
  return key.length === columns.length && columns.every((column) => key.includes(column))
}
