/** Counts what is at stake, live. */
import type { Connection } from '../dialects/dialect.js'
import type { CountedHazard, Hazard } from './hazard.js'

/**
 * The hazards with their counts, in rows. Those that cannot come true on the rows that exist (a
 * class other than `losesData` by a drop, counted 0) are left out, since nothing is at stake.
 * A count that fails, as on a column that an earlier step has yet to make, is null.
 */
export async function countHazards(
  connection: Connection | null,
  hazards: readonly Hazard[],
): Promise<readonly CountedHazard[]> {
  const counted: CountedHazard[] = []
  for (const hazard of hazards) {
    const rows = connection === null ? 0 : await countRows(connection, hazard.count)
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

async function countRows(connection: Connection, query: string | null): Promise<number | null> {
  if (query === null) return null
  try {
    const [row] = await connection.query(query)
    return Number(row?.n ?? 0)
  } catch {
    return null
  }
}
