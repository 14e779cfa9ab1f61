/** A comparison in which the engine itself has the last word, for the tables that still differ by the rules. */
import { compare } from '../../compare/compare.js'
import type { CompareInput, Comparison, DifferingTable } from '../../compare/comparison.js'
import type { SettledTable } from '../../compare/settled.js'
import { doubtfulTables, settledCanonical } from '../../compare/settled.js'
import { MigrateError } from '../../errors.js'
import type { Note } from '../../schema/desired.js'
import type { Session } from '../session.js'

/** Compares by the rules, then once more with what the engine says of the tables that differ. */
export async function compareSettled(session: Session, input: CompareInput): Promise<Comparison> {
  const byRules = compare(input)
  const doubtful = doubtfulTables(byRules.differing, input.canonical)
  if (doubtful.length === 0) return byRules
  try {
    const settled = await settledTables(session, doubtful)
    if (settled.length === 0) return byRules
    return compare({ ...input, canonical: settledCanonical(input.canonical, settled) })
  } catch (thrown) {
    if (!(thrown instanceof MigrateError) || thrown.code !== 'SCRATCH_DENIED') throw thrown
    return { ...byRules, notes: [...byRules.notes, deniedNote(thrown, doubtful)] }
  }
}

/** Both sides as the engine prints them; none where the rules are all there is. */
async function settledTables(
  { dialect, connection }: Session,
  differing: readonly DifferingTable[],
): Promise<readonly SettledTable[]> {
  if (dialect.settle === undefined || connection === null) return []
  const asked = differing.flatMap(({ current, wanted }) => [current, wanted])
  const printed = await dialect.settle(connection, asked)
  return differing.map((pair, at) => {
    const [current, wanted] = [printed[at * 2], printed[at * 2 + 1]]
    if (current === undefined || wanted === undefined) throw new Error('a table was not settled')
    return { ...pair, printed: { current, wanted } }
  })
}

function deniedNote(denied: MigrateError, doubtful: readonly DifferingTable[]): Note {
  const { why, fix } = denied
  return {
    code: denied.code,
    message: [denied.message, why, fix].join(' '),
    where: doubtful.map(({ wanted }) => wanted.name).join(', '),
  }
}
