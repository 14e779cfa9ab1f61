/** Which revisions failed when they were last run, and what may stand of them. */
import { readFailedRuns } from '../runner/failed-runs.js'
import type { FailedRunDocument } from './documents.js'
import type { Session } from './session.js'

/** The failed runs of each revision since it was last done, oldest first; of none that went through. */
export type FailedRuns = ReadonlyMap<string, readonly FailedRunDocument[]>

/** Reads them where the database remembers anything. */
export async function failedRunsOf({
  dialect,
  connection,
  tables,
  logged,
  applied,
}: Session): Promise<FailedRuns> {
  if (connection === null || logged === 0) return new Map()
  const byRevision = new Map<string, FailedRunDocument[]>()
  for (const { revision, ...run } of await readFailedRuns(dialect, connection, tables)) {
    // Stock Knex went through with it since, and our log does not know.
    if (run.direction === 'up' && applied.has(revision)) continue
    byRevision.set(revision, [...(byRevision.get(revision) ?? []), run])
  }
  return byRevision
}

/** The run that a person should hear of: the last one that left something, else the last. */
export function tellingRun(runs: readonly FailedRunDocument[] = []): FailedRunDocument | null {
  return runs.findLast((run) => run.isHalfDone) ?? runs.at(-1) ?? null
}

/** What is said of a revision whose last run has no recorded end. */
export function unended(revision: string, { direction, at }: FailedRunDocument): string {
  const run = direction === 'up' ? 'upgrade' : 'downgrade'
  return `No end of the ${run} of ${revision} that began at ${at} is recorded: it runs still, or it stopped half-way and what it had done stands.`
}
