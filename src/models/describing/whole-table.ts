/** Whether a declared table can be made: what no database takes is told where it is declared. */
import type { Table } from '../../schema/table.js'

/**
 * The declared table itself.
 * @throws Error where it has no column, names one twice, or a key or index is over one that it lacks
 */
export function wholeTable(table: Table): Table {
  const names = table.columns.map(({ name }) => name)
  if (names.length === 0) throw new Error('it names no column')
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice !== undefined) throw new Error(`it names the column ${twice} twice`)
  // Case is nothing on SQLite and MariaDB, and what it is on PostgreSQL only that one knows.
  const known = new Set(names.map((name) => name.toLowerCase()))
  for (const { what, columns } of overColumns(table)) {
    const unknown = columns.find((name) => !known.has(name.toLowerCase()))
    if (unknown !== undefined) {
      throw new Error(`${what} is over ${unknown}, which is no column of it`)
    }
  }
  return table
}

interface OverColumns {
  readonly what: string
  readonly columns: readonly string[]
}

function overColumns(table: Table): readonly OverColumns[] {
  const { primaryKey, uniques, foreignKeys, indexes } = table
  return [
    ...(primaryKey === null ? [] : [{ what: 'the primary key', columns: primaryKey.columns }]),
    ...uniques.map(({ name, columns }) => ({ what: `the unique ${name}`, columns })),
    ...foreignKeys.map(({ name, columns }) => ({ what: `the foreign key ${name}`, columns })),
    ...indexes.map(({ name, parts, include }) => ({
      what: `the index ${name}`,
      columns: [...parts.flatMap(({ on }) => ('column' in on ? [on.column] : [])), ...include],
    })),
  ]
}
