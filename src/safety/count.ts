/** Counts what is at stake, live. */
import type { Connection } from '../dialects/connection.js'
import type { Dialect } from '../dialects/dialect.js'
import type { CountedHazard, Hazard } from './hazard.js'

export interface Counting {
  readonly dialect: Dialect
  /** Null where there is no database yet, and so no row. */
  readonly connection: Connection | null
}

/**
 * The hazards with their counts, in rows. Those that cannot come true on the rows that exist (a
 * class other than `losesData` by a drop, counted 0) are left out, since nothing is at stake.
 * A count that fails, as on a column that an earlier step has yet to make, or of rows that are hidden
 * from the user, is null.
 */
export async function countHazards(
  { dialect, connection }: Counting,
  hazards: readonly Hazard[],
): Promise<readonly CountedHazard[]> {
  const counted: CountedHazard[] = []
  for (const hazard of hazards) {
    const rows = connection === null ? 0 : await countRows({ dialect, connection }, hazard.count)
    if (rows === 0 && hazard.count !== null && !isDrop(hazard)) continue
    counted.push({ ...hazard, rows })
  }
  return counted
}

/** Whether somebody has to say yes before it runs. */
export function asksConsent(hazard: Hazard): boolean {
  return hazard.class === 'losesData' || hazard.class === 'unforeseen'
}

function isDrop(hazard: Hazard): boolean {
  return hazard.code === 'H01' || hazard.code === 'H02' || hazard.code === 'H05'
}

async function countRows(
  { dialect, connection }: { readonly dialect: Dialect; readonly connection: Connection },
  query: string | null,
): Promise<number | null> {
  if (query === null) return null
  try {
    const rows = await (dialect.queryUnhidden?.(connection, query) ?? connection.query(query))
    return Number(rows[0]?.n ?? 0)
  } catch {
    return null
  }
}
