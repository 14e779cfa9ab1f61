/** The names that Knex and PostgreSQL give to what nobody named. */
import { columnsIn } from '../operations/expression.js'

/**
 * Knex's automatic name of a unique, an index or a foreign key: `users_team_id_foreign`. `table` is
 * as the script writes it, before any mapper.
 */
export function automaticName(
  table: string,
  columns: readonly string[],
  suffix: 'unique' | 'index' | 'foreign',
): string {
  return `${table.replace(/\.|-/g, '_')}_${columns.join('_')}_${suffix}`.toLowerCase()
}

/**
 * PostgreSQL's automatic name of a check: `users_age_check` over one column, else `users_check`;
 * with the first number behind it that makes it free.
 */
export function checkName(
  table: string,
  check: { readonly sql: string; readonly columns: readonly string[] },
  isTaken: (name: string) => boolean,
): string {
  const base = baseCheckName(table, check.sql, check.columns)
  if (!isTaken(base)) return base
  let number = 1
  while (isTaken(`${base}${number}`)) number += 1
  return `${base}${number}`
}

/** The automatic name of a check before it is made free of others. */
export function baseCheckName(table: string, sql: string, columns: readonly string[]): string {
  const [column, ...others] = columnsIn(sql, columns)
  const own = column !== undefined && others.length === 0 ? `_${column}` : ''
  return `${table.slice(table.lastIndexOf('.') + 1)}${own}_check`
}
