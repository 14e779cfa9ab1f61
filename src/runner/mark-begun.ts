/**
 * A row in our log for a revision that begins, where its statements may stand without the row of its
 * end: it tells of a run that never ended, and goes with the row that does.
 */
import { insertLog } from './history.js'
import { logRow } from './perform-step.js'
import type { Running, RunStep } from './running.js'

/**
 * Writes the row, in the transaction that is open. Where schema changes commit themselves the first
 * commits it too; as long as there was none it is taken back with the rest.
 */
export async function markBegun(run: Running, step: RunStep): Promise<void> {
  const { dialect, connection, tables } = run.input
  const position = run.positions.log + 1
  run.positions = { ...run.positions, log: position }
  run.mark = position
  const begun = { startedAt: new Date().toISOString(), durationMs: 0, error: null }
  const row = logRow(run, step, { ...begun, state: 'running' })
  await insertLog(dialect, connection, tables, [row])
}

/** Notes that the revision's end is known: the row goes when that is written. */
export function unmark(run: Running): void {
  if (run.mark !== null) run.unwritten.ended.push(run.mark)
  run.mark = null
}
