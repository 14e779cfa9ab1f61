/** Views that a dropped table leaves without what they read. */
import type { Connection } from '../dialect.js'
import type { GuardRecord } from './guard-record.js'
import type { Groups } from './known-schema.js'
import { fold, quote } from './names.js'
import { nameOf, tokensOf } from './tokens.js'

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
      const table = dropped.find((name) => names.has(name))
      if (table === undefined || (await works(connection, view.name, table))) continue
      lost.push(`view ${view.name} reads the dropped table ${table}`)
    }
  }
  return lost
}

async function works(connection: Connection, view: string, table: string): Promise<boolean> {
  try {
    await connection.query(`select 1 from ${quote(view)} limit 0`)
    return true
  } catch (thrown) {
    return !fold(String(thrown)).includes(`no such table: main.${table}`)
  }
}
