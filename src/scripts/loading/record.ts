/** What a script would do: it runs against a Knex that has no database, and its calls are kept. */
import type { Knex } from 'knex'
import type { RawStatement, SchemaCall } from '../../vocabulary/call.js'
import type { ScriptKnexOptions, ScriptSession } from '../../vocabulary/client.js'
import { scriptKnex } from '../../vocabulary/client.js'

export type Direction = 'up' | 'down'

/** One thing that a script asked for, in the order in which it did. */
export type Action =
  | { readonly kind: 'call'; readonly call: SchemaCall }
  | { readonly kind: 'statement'; readonly statement: RawStatement }

/** Something thrown, which may be anything, even nothing. */
export interface Failure {
  readonly thrown: unknown
}

export interface Recording {
  readonly actions: readonly Action[]
  /**
   * Why the actions are not all that the script does or not the same on every database: it reads,
   * it changes data, or it failed without a database. Null: carrying the actions out is running it.
   */
  readonly needsDatabase: string | null
  /** What the script threw; null where it did not. */
  readonly failure: Failure | null
}

export type ScriptFunction = (knex: Knex) => Promise<unknown>

export interface Recorder {
  record(run: ScriptFunction): Promise<Recording>
  destroy(): Promise<void>
}

/** A recorder over the project's own Knex; one serves any number of scripts, one after the other. */
export function createRecorder(knex: Pick<ScriptKnexOptions, 'knexModule' | 'config'>): Recorder {
  let actions: Action[] = []
  const session = scriptKnex({
    ...knex,
    connection: null,
    frame: null,
    onSchemaCall: (call) => {
      actions.push({ kind: 'call', call })
      return Promise.resolve()
    },
    onStatement: (statement) => {
      actions.push({ kind: 'statement', statement })
      return Promise.resolve('skip')
    },
  })
  // One transaction serves all scripts: making one costs more than recording most scripts.
  let shared: SharedTransaction | null = null
  return {
    async record(run) {
      actions = []
      let failure: Failure | null = null
      try {
        shared ??= await shareTransaction(session)
        const { trx } = shared
        await session.watch(() => run(trx))
      } catch (thrown) {
        failure = { thrown }
      }
      // A script that ended the transaction itself leaves none for the next.
      if (shared?.trx.isCompleted() === true) shared = null
      return { actions, needsDatabase: needOf(actions, failure), failure }
    },
    async destroy() {
      await shared?.end()
      await session.destroy()
    },
  }
}

interface SharedTransaction {
  readonly trx: Knex.Transaction
  end(): Promise<void>
}

/** A transaction as scripts are given it, open until `end`. */
function shareTransaction(session: ScriptSession): Promise<SharedTransaction> {
  return new Promise((resolve, reject) => {
    const ended = session.transaction(
      (trx) =>
        new Promise<void>((close) => {
          const end = async (): Promise<void> => {
            close()
            await ended
          }
          resolve({ trx, end })
        }),
    )
    ended.catch(reject)
  })
}

function needOf(actions: readonly Action[], failure: Failure | null): string | null {
  const statements = actions.flatMap((action) =>
    action.kind === 'statement' ? [action.statement] : [],
  )
  if (statements.some((statement) => statement.reads)) return 'it reads the database'
  if (failure !== null) return 'it cannot be followed without a database'
  return statements.length > 0 ? 'it runs statements of its own' : null
}
