/** What the SQLite at hand alters by itself. */
import type { Connection } from '../../connection.js'

export interface Abilities {
  /** DROP COLUMN: 3.35. */
  readonly dropsColumns: boolean
  /** DROP CONSTRAINT of checks, SET and DROP NOT NULL: 3.53. */
  readonly altersConstraints: boolean
  /** Whether what is written runs on another database, which may hold more than the one at hand. */
  readonly runsElsewhere: boolean
}

/** By the driver's handle: its SQLite stays the same. */
const known = new WeakMap<object, Abilities>()

export async function readAbilities(connection: Connection): Promise<Abilities> {
  const { handle } = connection
  if (typeof handle !== 'object' || handle === null) throw new Error('No handle of a driver.')
  const found = known.get(handle) ?? (await askAbilities(connection))
  known.set(handle, found)
  return found
}

/** Lets a session write for any database and version: only what has been in SQLite for years, 3.35, of 2021. */
export function limitAbilities({ handle }: Connection): void {
  if (typeof handle !== 'object' || handle === null) throw new Error('No handle of a driver.')
  known.set(handle, { dropsColumns: true, altersConstraints: false, runsElsewhere: true })
}

async function askAbilities(connection: Connection): Promise<Abilities> {
  const [row] = await connection.query('select sqlite_version() as version')
  const [major = 0, minor = 0] = String(row?.version).split('.').map(Number)
  const version = major * 1000 + minor
  return {
    dropsColumns: version >= 3035,
    altersConstraints: version >= 3053,
    runsElsewhere: false,
  }
}
