/** A history replayed on an empty copy, and revisions written down as they run there. */
import type { Connection } from '../../dialects/connection.js'
import { MigrateError } from '../../errors.js'
import type { Operation } from '../../operations/operation.js'
import type { Listeners, Performer } from '../../plan/perform.js'
import { createPerformer } from '../../plan/perform.js'
import { READS_ROWS, readsRows } from '../../plan/rehearse.js'
import { scriptFailed } from '../../plan/script-errors.js'
import { openShadow } from '../../project/connection.js'
import type { Revision } from '../../revisions/revision.js'
import { withAncestors } from '../../revisions/walk.js'
import type { Direction } from '../../scripts/loading/record.js'
import type { LoadedStep } from './load-scripts.js'
import { loadSteps } from './load-scripts.js'
import { knexOf } from './project-knex.js'
import type { OfflineSession } from '../session.js'

/** What a revision did on the copy. */
export interface Written {
  /** The first of its statements that reads rows, of which the copy has none; null: it reads none. */
  readonly rowsRead: string | null
  readonly operations: readonly Operation[]
  readonly statements: readonly string[]
  /** Those of the script's own. */
  readonly raw: readonly string[]
}

export interface Replay {
  /** The copy; what it says of itself is true where it is a database of its own. */
  readonly connection: Connection
  /** @throws MigrateError with the revision in its words, where the script throws */
  write(step: LoadedStep): Promise<Written>
  close(): Promise<void>
}

/** A copy on which the revisions of `applied` have run, oldest first. */
export async function startReplay(
  session: OfflineSession,
  applied: ReadonlySet<string>,
  tag: string | null = null,
): Promise<Replay> {
  const { dialect, graph } = session
  const shadow = await openShadow(session.database, null)
  const performer = createPerformer(dialect, shadow.connection, knexOf(session, tag))
  const close = async (): Promise<void> => {
    await performer.destroy()
    await shadow.close()
  }
  try {
    await dialect.frame.enter(shadow.connection)
    const replayed = graph.order.filter(({ id }) => applied.has(id))
    const writeNext = (step: LoadedStep): Promise<Written> => {
      shadow.revisionBegins?.(step.script.transaction)
      return write(performer, step)
    }
    for (const step of await loadSteps(session, replayed, 'up')) await writeNext(step)
    return { connection: shadow.connection, write: writeNext, close }
  } catch (thrown) {
    await close()
    throw thrown
  }
}

/** What one revision does in a direction, as far as it can be known without rows. */
export interface Effect extends Pick<Written, 'operations' | 'statements'> {
  /** Why it is not known, or more may happen than is listed; null where nothing is open. */
  readonly unforeseen: string | null
}

/** What one revision does, up and then down, after those it needs; a script that throws hides both after it. */
export async function bothDirections(
  session: OfflineSession,
  revision: Revision,
): Promise<{ readonly up: Effect; readonly down: Effect }> {
  const before = new Set(withAncestors(session.graph, [revision.id]))
  before.delete(revision.id)
  const replay = await orReason(() => startReplay(session, before))
  if (typeof replay === 'string') return { up: unknown(replay), down: unknown(replay) }
  try {
    const up = await effectOf(session, replay, revision, 'up')
    const down = up.hides ? up.effect : (await effectOf(session, replay, revision, 'down')).effect
    return { up: up.effect, down }
  } finally {
    await replay.close()
  }
}

async function effectOf(
  session: OfflineSession,
  replay: Replay,
  revision: Revision,
  direction: Direction,
): Promise<{ readonly effect: Effect; readonly hides: boolean }> {
  const written = await orReason(async () => {
    const [step] = await loadSteps(session, [revision], direction)
    if (step === undefined) throw new Error('A revision has no script.')
    return await replay.write(step)
  })
  if (typeof written === 'string') return { effect: unknown(written), hides: true }
  const unforeseen = written.rowsRead === null ? null : READS_ROWS
  return { effect: { ...written, unforeseen }, hides: false }
}

/** What the work gives, or why a person's scripts do not let it be done. */
async function orReason<T extends object>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof MigrateError) return thrown.message
    throw thrown
  }
}

function unknown(reason: string): Effect {
  return { operations: [], statements: [], unforeseen: reason }
}

async function write(performer: Performer, step: LoadedStep): Promise<Written> {
  const operations: Operation[] = []
  const statements: string[] = []
  const raw: string[] = []
  const read: { rows: string | null } = { rows: null }
  const run = step.script[step.direction] ?? (() => Promise.resolve())
  const listeners: Listeners = {
    onOperations: (list) => {
      operations.push(...list)
      return Promise.resolve()
    },
    onRaw: (statement) => {
      raw.push(statement.text)
      return Promise.resolve()
    },
    onRead: (statement) => {
      if (readsRows(statement)) read.rows ??= statement.text
    },
    onStatement: (sql) => {
      statements.push(sql)
    },
  }
  try {
    await performer.perform({ kind: 'script', run, transaction: true }, listeners)
  } catch (thrown) {
    throw read.rows === null ? scriptFailed(step, thrown) : needsRows(step, read.rows, thrown)
  }
  return { operations, statements, raw, rowsRead: read.rows }
}

/** The refusal where what a revision does depends on rows: a copy has none. */
export function needsRows(
  { revision, direction }: LoadedStep,
  sql: string,
  cause?: unknown,
): MigrateError {
  return new MigrateError(
    'OFFLINE_READ',
    3,
    `Revision ${revision.id} reads rows to decide what its ${direction} does, so its statements cannot be known without them.`,
    {
      why: `What it does depends on the answer to: ${sql}`,
      fix: 'Run it against a database, without --sql.',
      details: { revision: revision.id, path: revision.path, sql },
      ...(cause === undefined ? {} : { cause }),
    },
  )
}
