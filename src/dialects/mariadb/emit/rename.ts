/** A column of a table under another name, in the server's own words. */
import { renameColumnIn } from '../../../operations/expression.js'
import type { IndexPart } from '../../../schema/table.js'
import { declaredComment, readDeclared } from '../catalog/declared.js'
import { columnDefinition, indexDefinition } from './definitions.js'
import { isUnnamedKey } from '../catalog/names.js'
import type { PhysicalIndex, PhysicalTable } from '../catalog/physical.js'
import { quote, quoteTable } from '../quote.js'
import { notFound } from '../refusals.js'
import { isAtLeast, type Server } from '../connection/server.js'
import { supportIndex } from '../catalog/support-index.js'

export interface Names {
  readonly from: string
  readonly to: string
}

export interface RenamedColumn {
  readonly sql: string
  /** As the server then holds it. */
  readonly table: PhysicalTable
}

/** The statement for a rename; expressions, keys and checks follow by themselves. */
export function renameColumn(table: PhysicalTable, names: Names, server: Server): RenamedColumn {
  const column = table.columns.find((each) => each.column.name === names.from)
  if (column === undefined) throw notFound(table.name, `column ${names.from}`)
  const after = renamed(table, names)
  const isKnown = isAtLeast(server, { mariadb: [10, 5, 2], mysql: [8, 0, 0] })
  const definition = columnDefinition(
    { ...column, column: { ...column.column, name: names.to } },
    server,
  )
  const clauses = [
    isKnown
      ? `rename column ${quote(names.from)} to ${quote(names.to)}`
      : `change column ${quote(names.from)} ${definition}`,
    ...table.indexes.flatMap((index, at) => indexClauses(index, after.indexes[at], after, server)),
  ]
  return { sql: `alter table ${quoteTable(table.name)} ${clauses.join(', ')}`, table: after }
}

/** An index that supports a foreign key follows the column with its name and with what it remembers. */
function indexClauses(
  before: PhysicalIndex,
  after: PhysicalIndex | undefined,
  table: PhysicalTable,
  server: Server,
): readonly string[] {
  if (after === undefined) return []
  if (before.comment !== after.comment) {
    const definition = indexDefinition(after, { server, columns: table.columns })
    return [`drop index ${quote(before.name)}`, `add ${definition}`]
  }
  if (before.name === after.name) return []
  return [`rename index ${quote(before.name)} to ${quote(after.name)}`]
}

function renamed(table: PhysicalTable, names: Names): PhysicalTable {
  const columns = table.columns.map(({ column }) => column.name)
  const inText = (sql: string): string => renameColumnIn(sql, columns, names)
  const inList = (list: readonly string[]): readonly string[] =>
    list.map((each) => (each === names.from ? names.to : each))
  return {
    ...table,
    columns: table.columns.map((each) => {
      const { column } = each
      const value = column.default
      return {
        ...each,
        check: each.check === null ? null : inText(each.check),
        column: {
          ...column,
          name: column.name === names.from ? names.to : column.name,
          default: value?.kind === 'sql' ? { kind: 'sql', text: inText(value.text) } : value,
          generated:
            column.generated === null
              ? null
              : { ...column.generated, sql: inText(column.generated.sql) },
        },
      }
    }),
    primaryKey: table.primaryKey === null ? null : inList(table.primaryKey),
    indexes: table.indexes.map((index) => renamedIndex(index, table, names)),
    foreignKeys: table.foreignKeys.map((key) => {
      const { foreignKey } = key
      const refColumns =
        foreignKey.refTable === table.name ? inList(foreignKey.refColumns) : foreignKey.refColumns
      return {
        ...key,
        foreignKey: { ...foreignKey, columns: inList(foreignKey.columns), refColumns },
      }
    }),
    checks: table.checks.map((each) => ({
      ...each,
      column: each.column === names.from ? names.to : each.column,
      check: { ...each.check, sql: inText(each.check.sql) },
    })),
  }
}

function renamedIndex(index: PhysicalIndex, table: PhysicalTable, names: Names): PhysicalIndex {
  const parts = index.parts.map((part): IndexPart =>
    'column' in part.on && part.on.column === names.from
      ? { ...part, on: { column: names.to } }
      : part,
  )
  const own = table.name.slice(table.name.indexOf('.') + 1)
  const isNamedByColumn = table.foreignKeys.some(
    (key) => isUnnamedKey(own, key.realName) && supportIndex(table, key) === index,
  )
  const declared = readDeclared(index.comment)
  const types = [...declared].map(
    ([column, type]) => [column === names.from ? names.to : column, type] as const,
  )
  return {
    ...index,
    name: isNamedByColumn && index.name === names.from ? names.to : index.name,
    comment: declared.size === 0 ? index.comment : declaredComment(new Map(types)),
    parts,
  }
}
