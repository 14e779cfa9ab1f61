/** Columns declared by the name of an enum type that the database has: the type is what counts, not how it was said. */
import type { Column } from '../../schema/column.js'
import type { EnumType } from '../../schema/schema.js'
import type { Table } from '../../schema/table.js'

/** The table with every column whose type is the name of one of the enums as one of that enum. */
export function withKnownEnums(table: Table, enums: readonly EnumType[]): Table {
  if (enums.length === 0) return table
  const byName = new Map(enums.map((each) => [each.name, each]))
  const known = (column: Column): Column => {
    if (column.type.kind !== 'native') return column
    const found = byName.get(namedBy(column.type.text))
    return found === undefined
      ? column
      : { ...column, type: { kind: 'enum', values: found.values, native: found.name } }
  }
  return { ...table, columns: table.columns.map(known) }
}

/** The name that a type's text stands for: folded where it is not in quotes. */
function namedBy(text: string): string {
  return text
    .trim()
    .split('.')
    .map((part) => (/^".*"$/.test(part) ? part.slice(1, -1) : part.toLowerCase()))
    .join('.')
}
