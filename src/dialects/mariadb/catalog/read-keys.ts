/** Rows of the catalog as indexes, foreign keys and checks. */
import { groupBy } from '../../../operations/group-by.js'
import type { IndexPart, ReferentialAction, TableName } from '../../../schema/table.js'
import type { Row } from '../../connection.js'
import { neutralExpression } from '../expression/expression.js'
import { checkName, foreignKeyName, isUnnamedCheck, isUnnamedKey } from './names.js'
import type { PhysicalCheck, PhysicalIndex, PhysicalKey } from './physical.js'
import { unescaped } from './read-columns.js'
import { type Server, text, textOrNull } from '../connection/server.js'

const PRIMARY = 'PRIMARY'

/** The columns of the primary key, in its order. */
export function readPrimaryKey(rows: readonly Row[]): readonly string[] | null {
  const columns = rows.filter((row) => text(row, 'name') === PRIMARY).map((row) => text(row, 'col'))
  return columns.length === 0 ? null : columns
}

/**
 * The indexes in rows that are in order. `cuts` gives how many characters of a column the server
 * indexes where nobody said how many; null where it indexes all.
 */
export function readIndexes(
  rows: readonly Row[],
  cuts: (column: string) => number | null,
  server: Server,
): readonly PhysicalIndex[] {
  const named = rows.filter((row) => text(row, 'name') !== PRIMARY)
  return [...groupBy(named, (row) => [text(row, 'name')])].map(([name, parts]) => {
    const type = text(parts[0] ?? {}, 'type').toLowerCase()
    const method = type === 'fulltext' || type === 'spatial' ? type : null
    return {
      name,
      unique: Number(parts[0]?.non_unique) === 0,
      parts: parts.map((row) => readPart(row, { method, cuts, server })),
      method,
      comment: text(parts[0] ?? {}, 'comment'),
    }
  })
}

interface PartContext {
  readonly method: PhysicalIndex['method']
  readonly cuts: (column: string) => number | null
  readonly server: Server
}

function readPart(row: Row, { method, cuts, server }: PartContext): IndexPart {
  const expression = textOrNull(row, 'expression')
  const column = text(row, 'col')
  const said = row.prefix === null ? null : Number(row.prefix)
  const prefix = method === null && said !== cuts(column) ? said : null
  return {
    on:
      expression === null ? { column } : { sql: neutralExpression(unescaped(expression, server)) },
    order: text(row, 'collation') === 'D' ? 'desc' : 'asc',
    nulls: null,
    collation: null,
    opclass: null,
    prefix,
  }
}

/** The foreign keys of a table; `database` is the one that needs not be named. */
export function readForeignKeys(
  table: TableName,
  rows: { readonly columns: readonly Row[]; readonly rules: readonly Row[] },
  database: string,
): readonly PhysicalKey[] {
  const rules = new Map(rows.rules.map((row) => [text(row, 'name'), row]))
  return [...groupBy(rows.columns, (row) => [text(row, 'name')])].map(([realName, parts]) => {
    const columns = parts.map((row) => text(row, 'col'))
    const first = parts[0] ?? {}
    const schema = text(first, 'ref_schema')
    const rule = rules.get(realName) ?? {}
    const own = table.slice(table.indexOf('.') + 1)
    return {
      realName,
      foreignKey: {
        name: isUnnamedKey(own, realName) ? foreignKeyName(table, columns) : realName,
        columns,
        refTable: `${schema === database ? '' : `${schema}.`}${text(first, 'ref_table')}`,
        refColumns: parts.map((row) => text(row, 'ref_col')),
        onDelete: readAction(text(rule, 'on_delete')),
        onUpdate: readAction(text(rule, 'on_update')),
        deferrable: null,
      },
    }
  })
}

/** RESTRICT and NO ACTION are one and the same to InnoDB, and what it does where nothing is said. */
function readAction(rule: string): ReferentialAction | null {
  const action = rule.toLowerCase()
  return action === 'cascade' || action === 'set null' || action === 'set default' ? action : null
}

export interface CheckContext {
  readonly table: TableName
  readonly columns: readonly string[]
  readonly server: Server
}

/** The checks of a table, without those that make a column a json. */
export function readChecks(rows: readonly Row[], context: CheckContext): readonly PhysicalCheck[] {
  const own = context.table.slice(context.table.indexOf('.') + 1)
  const sorted = rows.toSorted((a, b) =>
    text(a, 'constraint_name') < text(b, 'constraint_name') ? -1 : 1,
  )
  const isUnnamed = (row: Row): boolean =>
    isOnColumn(row, context.columns) || isUnnamedCheck(own, text(row, 'constraint_name'))
  const taken = new Set(
    sorted.filter((row) => !isUnnamed(row)).map((row) => text(row, 'constraint_name')),
  )
  return sorted.map((row) => {
    const realName = text(row, 'constraint_name')
    const sql = neutralExpression(unescaped(text(row, 'check_clause'), context.server))
    const about = { sql, columns: context.columns }
    const name = isUnnamed(row) ? checkName(context.table, about, taken) : realName
    taken.add(name)
    const column = isOnColumn(row, context.columns) ? realName : null
    return { realName, check: { name, sql }, column }
  })
}

/** Whether a check hangs on the column whose name it has; servers that do not tell the level have the same rule. */
export function isOnColumn(row: Row, columns: readonly string[]): boolean {
  const level = textOrNull(row, 'level')
  if (level !== null) return level === 'Column'
  return row.check_clause !== undefined && columns.includes(text(row, 'constraint_name'))
}
