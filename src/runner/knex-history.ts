/** Knex's own history table, kept true beside ours so that stock Knex neither reruns nor misses anything. */
import type { Connection } from '../dialects/connection.js'
import type { Dialect } from '../dialects/dialect.js'

/** The table as it stands. */
export interface KnexHistory {
  readonly table: string
  /** File names as Knex recorded them, in the order in which they ran. */
  readonly names: readonly string[]
  readonly lastBatch: number
  /** Other tables that could be such a history, and are left alone. */
  readonly others: readonly string[]
}

/** The history in the first of `candidates` that has rows, else in the first that is there, else null. */
export async function readKnexHistory(
  dialect: Dialect,
  connection: Connection,
  candidates: readonly string[],
): Promise<KnexHistory | null> {
  const present = new Set(await dialect.listTables(connection, candidates))
  const there = [...new Set(candidates)].filter((table) => present.has(table))
  let empty: KnexHistory | null = null
  for (const table of there) {
    const rows = await connection.query(
      `select name, batch from ${quoted(dialect, table)} order by id`,
    )
    const history = {
      table,
      names: rows.map((row) => String(row.name)),
      lastBatch: rows.reduce((highest, row) => Math.max(highest, Number(row.batch)), 0),
      others: there.filter((other) => other !== table),
    }
    if (rows.length > 0) return history
    empty ??= history
  }
  return empty
}

/** Records that a migration is applied; one that is listed already is left as it is. */
export async function insertKnexRow(
  dialect: Dialect,
  connection: Connection,
  history: KnexHistory,
  name: string,
): Promise<void> {
  if (history.names.includes(name)) return
  await connection.execute(
    `insert into ${quoted(dialect, history.table)} (name, batch, migration_time) values (?, ?, ?)`,
    [name, history.lastBatch + 1, new Date()],
  )
}

/** Takes the rows of a migration away, whatever extension it was recorded with. */
export async function deleteKnexRow(
  dialect: Dialect,
  connection: Connection,
  history: KnexHistory,
  name: string,
): Promise<void> {
  const recorded = history.names.filter(
    (listed) => withoutExtension(listed) === withoutExtension(name),
  )
  for (const listed of new Set([name, ...recorded])) {
    await connection.execute(`delete from ${quoted(dialect, history.table)} where name = ?`, [
      listed,
    ])
  }
}

function withoutExtension(name: string): string {
  return name.replace(/\.[cm]?[jt]s$/, '')
}

function quoted(dialect: Dialect, table: string): string {
  return table.split('.').map(dialect.quote).join('.')
}
