/** The structure of a database, without its rows, made again in another session. */
import type { CatalogRow } from './catalog.js'
import { isVirtual } from './catalog.js'
import { fold } from '../names.js'
import type { Session } from '../connection/session.js'

/**
 * Makes tables, then indexes, views and triggers, each kind in the order of its creation. A virtual
 * table whose module is missing is left out, with the tables behind all virtual ones.
 */
export async function copyStructure(
  session: Session,
  rows: readonly CatalogRow[],
  behind: ReadonlySet<string>,
): Promise<void> {
  await session.run('pragma foreign_keys = off', [])
  await session.run('begin', [])
  const made = rows.filter((row) => row.sql !== null && !behind.has(fold(row.table)))
  for (const type of ['table', 'index', 'view', 'trigger'] as const) {
    for (const row of made) {
      if (row.type !== type || row.sql === null) continue
      if (isVirtual(row)) await tryToRun(session, row.sql)
      else await session.run(row.sql, [])
    }
  }
  await session.run('commit', [])
}

async function tryToRun(session: Session, sql: string): Promise<void> {
  try {
    await session.run(sql, [])
  } catch {
    // The module is an extension that only the project's own connections load.
  }
}
