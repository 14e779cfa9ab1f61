/**
 * Tables without rows, made anew instead of altered: SQLite's ALTER TABLE reads the texts of all tables
 * again, up to four times, so that a long history on a fresh database would cost its square. It proves
 * by that that views and triggers still work; where there are any the ALTER itself runs, so that what it
 * refuses on a full database is refused, and foretold, on an empty one too.
 */
import type { Connection } from '../../connection.js'
import type { Statement } from '../../dialect.js'
import { writeCreateTable } from '../text/create-table-text.js'
import { hasReaders } from '../catalog/known-schema.js'
import { lastNumber } from '../catalog/last-number.js'
import { countingColumn } from '../catalog/table-parts.js'
import { isAlone, isInTransaction } from '../connection/session.js'
import { quote } from '../names.js'
import type { TableState } from './table-state.js'

/** A change of a table, and the statements that bring it about with the rows kept. */
export interface Change {
  readonly from: TableState
  readonly to: TableState
  readonly statements: readonly string[]
}

/** The change with the faster way in its statements; null where they have to be executed themselves. */
export async function madeAnew(
  connection: Connection,
  { from, to, statements }: Change,
): Promise<readonly Statement[] | null> {
  const [first, ...rest] = statements
  if (first === undefined || !statements.some((sql) => sql.startsWith('alter table '))) return null
  if (!(await isReplaceable(connection, from))) return null
  const instead = [
    `drop table ${quote(from.name)}`,
    writeCreateTable(quote(from.name), to.text),
    ...to.indexes.map((index) => index.sql),
  ]
  return [{ sql: first, instead }, ...rest.map((sql) => ({ sql, instead: [] }))]
}

/** Whether nothing is lost with the table, now and until the statements run. */
async function isReplaceable(connection: Connection, { name, text }: TableState): Promise<boolean> {
  if (!isInTransaction(connection) && !isAlone(connection)) return false
  const [frame] = await connection.query('pragma foreign_keys')
  // With foreign keys on, DROP TABLE would look for rows that point here.
  if (frame?.foreign_keys !== 0 || (await hasReaders(connection))) return false
  // The highest number ever given by AUTOINCREMENT would go with the table.
  if (countingColumn(text) !== null && (await lastNumber(connection, name)) !== null) return false
  // An index may be in the order of a collation that only an application knows.
  const rows = await connection.query(`select 1 from ${quote(name)} not indexed limit 1`)
  return rows.length === 0
}
