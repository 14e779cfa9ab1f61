/** Views that a dropped table leaves without what they read. */
import type { Connection } from '../../connection.js'
import type { GuardRecord } from './record.js'
import type { Groups } from '../catalog/known-schema.js'
import { fold, quote } from '../names.js'
import { nameOf, tokensOf } from '../text/tokens.js'

/** The views that name a table which operations dropped, and no longer work. */
export async function brokenViews(
  connection: Connection,
  groups: Groups,
  record: GuardRecord,
): Promise<readonly string[]> {
  const dropped = record.operations.flatMap((operation) =>
    operation.kind === 'dropTable' ? [fold(operation.table.name)] : [],
  )
  if (dropped.length === 0) return []
  const lost: string[] = []
  for (const rows of groups.values()) {
    for (const view of rows) {
      if (view.type !== 'view') continue
      const names = new Set(tokensOf(view.sql ?? '').map((token) => fold(nameOf(token))))
      const tables = dropped.filter((name) => names.has(name))
      if (tables.length === 0) continue
      const missing = await missingIn(connection, view.name, tables)
      if (missing !== null) lost.push(`view ${view.name} reads the dropped table ${missing}`)
    }
  }
  return lost
}

/** Which of these tables SQLite misses when the view is read: it names the first that it meets. */
async function missingIn(
  connection: Connection,
  view: string,
  tables: readonly string[],
): Promise<string | null> {
  try {
    await connection.query(`select 1 from ${quote(view)} limit 0`)
    return null
  } catch (thrown) {
    const said = fold(String(thrown))
    return tables.find((table) => said.includes(`no such table: main.${table}`)) ?? null
  }
}
