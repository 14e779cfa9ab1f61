/** What the database says was done to it: reading and writing the rows of our history tables. */
import type { Connection } from '../dialects/connection.js'
import type { Dialect } from '../dialects/dialect.js'
import type { HistoryTables } from './history-tables.js'
import { hasHistory } from './history-tables.js'
import type { HistoryRow, LogRow } from './history-row.js'
import { COMMON, commonValues, historyRow } from './history-row.js'

/** The states in our log after which a revision is not done, as SQL. */
export const NOT_DONE = "('failed', 'partial', 'running')"

/** The applied revisions in the order they were applied; none where our tables are missing. */
export async function readHistory(
  dialect: Dialect,
  connection: Connection,
  tables: HistoryTables,
): Promise<readonly HistoryRow[]> {
  if (!(await hasHistory(dialect, connection, tables))) return []
  const columns = ['revision', 'position', ...COMMON].join(', ')
  const rows = await connection.query(
    `select ${columns} from ${dialect.quote(tables.revisions)} order by position`,
  )
  return rows.map(historyRow)
}

/** What the history says of one revision; null where it is not applied. */
export async function readHistoryRow(
  dialect: Dialect,
  connection: Connection,
  tables: HistoryTables,
  revision: string,
): Promise<HistoryRow | null> {
  if (!(await hasHistory(dialect, connection, tables))) return null
  const columns = ['revision', 'position', ...COMMON].join(', ')
  const [row] = await connection.query(
    `select ${columns} from ${dialect.quote(tables.revisions)} where revision = ?`,
    [revision],
  )
  return row === undefined ? null : historyRow(row)
}

/** The ids of the applied revisions alone; cheaper than whole rows, for a look inside a transaction. */
export async function readApplied(
  dialect: Dialect,
  connection: Connection,
  tables: HistoryTables,
): Promise<readonly string[]> {
  const rows = await connection.query(
    `select revision from ${dialect.quote(tables.revisions)} order by position`,
  )
  return rows.map((row) => String(row.revision))
}

/** The last position in our log and, where asked for, the ids of all that was ever done; 0 without our tables. */
export async function readLog(
  dialect: Dialect,
  connection: Connection,
  tables: HistoryTables,
  wishes: { readonly ids: boolean },
): Promise<{ readonly last: number; readonly ids: ReadonlySet<string> }> {
  if (!(await hasHistory(dialect, connection, tables))) return { last: 0, ids: new Set() }
  const { log: last } = await lastPositions(dialect, connection, tables)
  if (!wishes.ids) return { last, ids: new Set() }
  const rows = await connection.query(
    `select distinct revision from ${dialect.quote(tables.log)} where state not in ${NOT_DONE}`,
  )
  return { last, ids: new Set(rows.map((row) => String(row.revision))) }
}

/** The highest position given so far in both tables, 0 when both are empty. */
export async function lastPositions(
  dialect: Dialect,
  connection: Connection,
  tables: HistoryTables,
): Promise<{ readonly revisions: number; readonly log: number }> {
  const highest = (table: string): string => `(select max(position) from ${dialect.quote(table)})`
  const [row] = await connection.query(
    `select ${highest(tables.revisions)} as revisions, ${highest(tables.log)} as log`,
  )
  return { revisions: Number(row?.revisions ?? 0), log: Number(row?.log ?? 0) }
}

/** Writes the rows of revisions that are now applied. */
export async function insertRevisions(
  dialect: Dialect,
  connection: Connection,
  tables: HistoryTables,
  rows: readonly HistoryRow[],
): Promise<void> {
  const values = rows.map((row) => [row.revision, row.position, ...commonValues(row)])
  const columns = ['revision', 'position', ...COMMON]
  await insertRows(dialect, connection, { table: tables.revisions, columns, values })
}

/** Takes back the rows of revisions that are no longer applied. */
export async function deleteRevisions(
  dialect: Dialect,
  connection: Connection,
  tables: HistoryTables,
  revisions: readonly string[],
): Promise<void> {
  for (const ids of chunksOf(revisions)) {
    await connection.execute(
      `delete from ${dialect.quote(tables.revisions)} where revision in (${marks(ids)})`,
      ids,
    )
  }
}

/** Adds to the log. */
export async function insertLog(
  dialect: Dialect,
  connection: Connection,
  tables: HistoryTables,
  rows: readonly LogRow[],
): Promise<void> {
  const values = rows.map((row) => [
    row.position,
    row.revision,
    row.direction,
    ...commonValues(row),
  ])
  const columns = ['position', 'revision', 'direction', ...COMMON]
  await insertRows(dialect, connection, { table: tables.log, columns, values })
}

/** Takes rows out of the log whose runs ended: other rows tell how. */
export async function deleteMarks(
  dialect: Dialect,
  connection: Connection,
  tables: HistoryTables,
  positions: readonly number[],
): Promise<void> {
  if (positions.length === 0) return
  await connection.execute(
    `delete from ${dialect.quote(tables.log)} where position in (${marks(positions)}) and state = 'running'`,
    positions,
  )
}

/** Rows in one statement each time; engines take some thousands of bindings at most. */
const ROWS_A_STATEMENT = 100

interface NewRows {
  readonly table: string
  readonly columns: readonly string[]
  readonly values: readonly (readonly (string | number | null)[])[]
}

async function insertRows(
  dialect: Dialect,
  connection: Connection,
  { table, columns, values }: NewRows,
): Promise<void> {
  const quoted = dialect.quote(table)
  const fromJson = dialect.insertFromJson?.(quoted, columns)
  const row = `(${marks(columns)})`
  for (const chunk of chunksOf(values)) {
    if (fromJson !== undefined) {
      await connection.execute(fromJson, [jsonOf(columns, chunk)])
      continue
    }
    await connection.execute(
      `insert into ${quoted} (${columns.join(', ')}) values ${chunk.map(() => row).join(', ')}`,
      chunk.flat(),
    )
  }
}

/** Rows as a list of objects. A half of a surrogate pair, which no server takes, is replaced as a driver does. */
function jsonOf(columns: readonly string[], rows: NewRows['values']): string {
  const whole = (value: string | number | null): string | number | null =>
    typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value
  const objects = rows.map((row) =>
    Object.fromEntries(columns.map((column, i) => [column, whole(row[i] ?? null)])),
  )
  return JSON.stringify(objects)
}

function chunksOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  const chunks: (readonly T[])[] = []
  for (let i = 0; i < items.length; i += ROWS_A_STATEMENT) {
    chunks.push(items.slice(i, i + ROWS_A_STATEMENT))
  }
  return chunks
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ')
}
