/** The statements of a run for a database that is not there: offline SQL. */
import { MigrateError } from '../../errors.js'
import type { Project } from '../../project/project.js'
import { currentHeads } from '../../revisions/current.js'
import { downgradePath } from '../../revisions/downgrade-path.js'
import { appliedAt } from '../../revisions/resolve.js'
import type { Revision } from '../../revisions/revision.js'
import { upgradePath } from '../../revisions/upgrade-path.js'
import { createHistoryTables } from '../../runner/history-tables.js'
import type { Note } from '../../schema/desired.js'
import { stemOf } from '../../scripts/script-name.js'
import type { Direction } from '../../scripts/loading/record.js'
import type { RunDocument, StepDocument } from '../documents.js'
import { historyStatements } from './history-statements.js'
import type { Io } from '../io.js'
import type { LoadedStep } from './load-scripts.js'
import { loadSteps } from './load-scripts.js'
import type { RunOptions } from '../options.js'
import { needsRows, startReplay } from './replay.js'
import type { OfflineSession } from '../session.js'
import { offlineSession } from '../session.js'

/**
 * The statements from one revision to another, without a look at any database: the revisions before
 * are replayed on an empty copy, and those asked for are written down as they run there.
 * `from:to` names both ends; a target alone starts at base, and a downgrade needs both.
 * @throws MigrateError `RANGE_NEEDED` (exit 2) for a downgrade without a range
 * @throws MigrateError `OFFLINE_READ` (exit 3) where a revision reads rows to decide what to do
 */
export async function offlineRun(
  project: Project,
  direction: Direction,
  options: RunOptions,
  io: Io,
): Promise<RunDocument> {
  const session = await offlineSession(project)
  const { graph, dialect } = session
  const [start, target] = rangeOf(direction, options.target)
  const before = appliedAt(graph, start)
  const path =
    direction === 'up' ? upgradePath(graph, before, target) : downgradePath(graph, before, target)
  const replay = await startReplay(session, before, options.tag)
  dialect.offline.portable?.(replay.connection)
  try {
    const steps: StepDocument[] = []
    const sql: string[] = [...dialect.offline.prologue]
    if (path.length > 0) sql.push(...createHistoryTables(dialect, session.tables, true))
    for (const [i, step] of (await loadSteps(session, path, direction)).entries()) {
      const { statements, rowsRead } = await replay.write(step)
      if (rowsRead !== null) throw needsRows(step, rowsRead)
      sql.push(
        titleOf(step),
        ...dialect.offline.begin,
        ...statements,
        ...historyStatements(session, step, before.size + i + 1),
        ...dialect.offline.commit,
      )
      steps.push(stepDocument(step, statements.length))
    }
    sql.push(...dialect.offline.epilogue)
    const from = currentHeads(graph, before)
    const to = currentHeads(graph, after(before, path, direction))
    const notes = knexNotes(session, path)
    for (const { message } of notes) io.warn(message)
    return { from, to, steps, durationMs: 0, backup: null, sql, notes }
  } finally {
    await replay.close()
  }
}

/** Whether the database has Knex's table is not known here, so that nothing is written into it. */
function knexNotes(
  { files, database }: OfflineSession,
  path: readonly Revision[],
): readonly Note[] {
  const isPlain = ({ id }: Revision): boolean => id === stemOf(files.get(id)?.knexName ?? '')
  if (!database.keepsKnexTable || !path.some(isPlain)) return []
  const message =
    "These statements do not write Knex's history table. Where the database has it, bring it up to date after them: `migrate-tui stamp current`."
  return [{ code: 'KNEX_TABLE_OFFLINE', message, where: 'revisions' }]
}

/** Both ends of a range such as `1b8e:head`; colons inside quotes belong to a name. */
function rangeOf(direction: Direction, target: string): readonly [string, string] {
  const parts = /^((?:"[^"]*"|'[^']*'|[^:"'])*):(.*)$/.exec(target)
  if (parts !== null)
    return [
      parts[1] === '' ? 'base' : (parts[1] ?? 'base'),
      parts[2] === '' ? 'head' : (parts[2] ?? 'head'),
    ]
  if (direction === 'up') return ['base', target]
  throw new MigrateError('RANGE_NEEDED', 2, 'Offline SQL of a downgrade needs both ends.', {
    why: 'Without a database nobody knows where it stands.',
    fix: 'Name them: `migrate-tui downgrade --sql head:-1`.',
  })
}

/** A comment can hold nothing but its own line. */
function titleOf({ revision, direction }: LoadedStep): string {
  const word = direction === 'up' ? 'upgrade' : 'downgrade'
  return `-- ${word} ${revision.id} ${revision.message}`
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trimEnd()
}

function stepDocument({ revision, direction }: LoadedStep, statements: number): StepDocument {
  return { revision: revision.id, direction, status: 'planned', durationMs: 0, statements }
}

function after(
  before: ReadonlySet<string>,
  path: readonly Revision[],
  direction: Direction,
): ReadonlySet<string> {
  const ids = path.map(({ id }) => id)
  return direction === 'up'
    ? new Set([...before, ...ids])
    : new Set([...before].filter((id) => !ids.includes(id)))
}
