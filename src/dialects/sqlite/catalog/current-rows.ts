/**
 * The rows of tables as they stand, taken from what a session remembers wherever that is sure: every
 * question to `sqlite_schema` goes through all of it, and a revision may name a thousand tables.
 */
import type { Connection } from '../../connection.js'
import type { CatalogRow } from './catalog.js'
import { byTable, readCatalog, readCatalogOf } from './catalog.js'
import { forgetSchema, rememberedRows, schemaVersion } from './known-schema.js'
import { fold } from '../names.js'
import { handleOf } from '../connection/session.js'

/** What was read since the structure changed last. */
interface Recent {
  readonly version: number
  /** By the folded name of the table; empty for one that is not there. */
  readonly groups: Map<string, readonly CatalogRow[]>
  /** How many tables the database was asked for. */
  asked: number
  isWhole: boolean
}

/** When more tables than these are asked for one by one, all are read in one go. */
const MANY = 8

const recents = new WeakMap<object, Recent>()

/** The rows of some tables, with their indexes and triggers. */
export async function rowsOf(
  connection: Connection,
  tables: readonly string[],
): Promise<readonly CatalogRow[]> {
  if (tables.length === 0) return []
  const version = await schemaVersion(connection)
  const last = recents.get(handleOf(connection))
  const recent = last?.version === version ? last : fresh(version)
  recents.set(handleOf(connection), recent)
  const names = tables.map(fold)
  await readMissing(connection, recent, names)
  return names.flatMap((name) => recent.groups.get(name) ?? [])
}

function fresh(version: number): Recent {
  return { version, groups: new Map(), asked: 0, isWhole: false }
}

async function readMissing(
  connection: Connection,
  recent: Recent,
  names: readonly string[],
): Promise<void> {
  const { groups, version } = recent
  if (recent.isWhole) return
  const missing = names.filter((name) => {
    if (groups.has(name)) return false
    const remembered = rememberedRows(connection, name, version)
    if (remembered !== null) groups.set(name, remembered)
    return remembered === null
  })
  if (missing.length === 0) return
  recent.asked += missing.length
  recent.isWhole = recent.asked > MANY
  const found = byTable(
    recent.isWhole ? await readCatalog(connection) : await readCatalogOf(connection, missing),
  )
  for (const name of missing) groups.set(name, [])
  for (const [name, rows] of found) groups.set(name, rows)
}

/** After a rollback the version may come again with another structure behind it. */
export function forgetStructure(connection: Connection): void {
  forgetSchema(connection)
  recents.delete(handleOf(connection))
}
