/** A history replayed on an empty copy, and revisions written down as they run there. */
import type { Connection } from '../../dialects/dialect.js'
import type { Operation } from '../../operations/operation.js'
import type { Performer } from '../../plan/perform.js'
import { createPerformer } from '../../plan/perform.js'
import { loadDriver } from '../../project/connection.js'
import type { Revision } from '../../revisions/revision.js'
import { withAncestors } from '../../revisions/walk.js'
import type { LoadedStep } from './load-scripts.js'
import { loadSteps } from './load-scripts.js'
import { knexOf } from './project-knex.js'
import type { OfflineSession } from '../session.js'

/** What a revision did on the copy. */
export interface Written {
  readonly operations: readonly Operation[]
  readonly statements: readonly string[]
  /** Those of the script's own. */
  readonly raw: readonly string[]
}

export interface Replay {
  /** The copy; what it says of itself is true where it is a database of its own. */
  readonly connection: Connection
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
  const shadow = await dialect.shadow(loadDriver(session.database), null)
  const performer = createPerformer(dialect, shadow.connection, knexOf(session, tag))
  const close = async (): Promise<void> => {
    await performer.destroy()
    await shadow.close()
  }
  try {
    await dialect.frame.enter(shadow.connection)
    const replayed = graph.order.filter(({ id }) => applied.has(id))
    for (const step of await loadSteps(session, replayed, 'up')) await write(performer, step)
    return { connection: shadow.connection, write: (step) => write(performer, step), close }
  } catch (thrown) {
    await close()
    throw thrown
  }
}

/** What one revision does, up and then down, after those it needs. */
export async function bothDirections(
  session: OfflineSession,
  revision: Revision,
): Promise<{ readonly up: Written; readonly down: Written }> {
  const before = new Set(withAncestors(session.graph, [revision.id]))
  before.delete(revision.id)
  const replay = await startReplay(session, before)
  try {
    const written: Written[] = []
    for (const direction of ['up', 'down'] as const) {
      for (const step of await loadSteps(session, [revision], direction)) {
        written.push(await replay.write(step))
      }
    }
    const [up, down] = written
    if (up === undefined || down === undefined) throw new Error('A revision has no script.')
    return { up, down }
  } finally {
    await replay.close()
  }
}

async function write(performer: Performer, step: LoadedStep): Promise<Written> {
  const operations: Operation[] = []
  const statements: string[] = []
  const raw: string[] = []
  const run = step.script[step.direction] ?? (() => Promise.resolve())
  await performer.perform(
    { kind: 'script', run, transaction: true },
    {
      onOperations: (list) => {
        operations.push(...list)
        return Promise.resolve()
      },
      onRaw: (statement) => {
        raw.push(statement.text)
        return Promise.resolve()
      },
      onStatement: (sql) => {
        statements.push(sql)
      },
    },
  )
  return { operations, statements, raw }
}
