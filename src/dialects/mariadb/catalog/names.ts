/** Names that the server or nobody gave, and the ones that stand in for them. */
import { columnsIn } from '../../../operations/expression.js'
import type { TableName } from '../../../schema/table.js'

/** Knex's automatic name of a foreign key. */
export function foreignKeyName(table: TableName, columns: readonly string[]): string {
  return automaticName(table, columns, 'foreign')
}

/** Knex's automatic name of an index. */
export function indexName(table: TableName, columns: readonly string[]): string {
  return automaticName(table, columns, 'index')
}

/** Whether InnoDB named a foreign key itself. */
export function isUnnamedKey(table: string, name: string): boolean {
  const prefix = `${table.toLowerCase()}_ibfk_`
  const folded = name.toLowerCase()
  return /^\d+$/.test(folded.startsWith(prefix) ? folded.slice(prefix.length) : folded)
}

/** Whether the server named a check itself: `CONSTRAINT_1` in MariaDB, `users_chk_1` in MySQL. */
export function isUnnamedCheck(table: string, name: string): boolean {
  const prefix = `${table.toLowerCase()}_chk_`
  return (
    /^CONSTRAINT_\d+$/.test(name) ||
    (name.toLowerCase().startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
  )
}

/** The name that PostgreSQL would give a check, and that is not among `taken`. */
export function checkName(
  table: TableName,
  check: { readonly sql: string; readonly columns: readonly string[] },
  taken: ReadonlySet<string>,
): string {
  const named = columnsIn(check.sql, check.columns)
  const [only] = named
  const own = table.slice(table.indexOf('.') + 1)
  const wanted = only !== undefined && named.length === 1 ? `${own}_${only}_check` : `${own}_check`
  let name = wanted
  for (let number = 1; taken.has(name); number += 1) name = `${wanted}${number}`
  return name
}

function automaticName(table: TableName, columns: readonly string[], kind: string): string {
  return `${table.replaceAll(/[.-]/g, '_')}_${columns.join('_')}_${kind}`.toLowerCase()
}
