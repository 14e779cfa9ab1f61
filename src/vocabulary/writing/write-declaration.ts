/** A column of a table as the lines that declare it in `defineTable`. */
import type { Table } from '../../schema/table.js'
import { data, layOut } from './source-text.js'
import { tableBody } from './write-table.js'

/** A statement of `defineTable` stands inside a method of a class. */
const INDENT = 4

/**
 * The calls that declare one column with the keys, uniques and indexes that are on it alone;
 * without indentation. What Knex has no word for is a comment: it belongs into `tableExtras`.
 */
export function declarationLines(table: Table, name: string): readonly string[] {
  const isAlone = (columns: readonly string[]): boolean => columns.join('\0') === name
  const { primaryKey } = table
  const columns = table.columns.filter((column) => column.name === name)
  const natives = columns.flatMap(({ type }) =>
    type.kind === 'enum' && type.native !== null ? [type.native] : [],
  )
  const { statements, extras } = tableBody(
    {
      ...table,
      columns,
      primaryKey: primaryKey !== null && isAlone(primaryKey.columns) ? primaryKey : null,
      uniques: table.uniques.filter((unique) => isAlone(unique.columns)),
      indexes: table.indexes.filter(({ parts }) =>
        isAlone(parts.map(({ on }) => ('column' in on ? on.column : ''))),
      ),
      foreignKeys: table.foreignKeys.filter((key) => isAlone(key.columns)),
      checks: [],
      comment: null,
      options: {},
    },
    new Set(natives),
  )
  const place = { indent: INDENT, before: '', after: 0 }
  const lines = statements.flatMap((statement) => layOut(statement, place))
  const more =
    Object.keys(extras).length === 0
      ? []
      : layOut(data(extras), { ...place, before: 'static tableExtras = ' })
  return [
    ...lines.map((line) => line.slice(INDENT)),
    ...more.map((line) => `// ${line.slice(INDENT)}`),
  ]
}
