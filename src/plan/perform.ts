/** One script performed on one connection, live or a shadow: its schema calls become ours, the rest passes through. */
import type { Connection } from '../dialects/connection.js'
import type { Dialect } from '../dialects/dialect.js'
import type { Operation } from '../operations/operation.js'
import type { Action, ScriptFunction } from '../scripts/loading/record.js'
import type { RawStatement } from '../vocabulary/call.js'
import type { ScriptKnexOptions, ScriptSession } from '../vocabulary/client.js'
import { scriptKnex } from '../vocabulary/client.js'
import { carryOut } from './carry-out.js'
import { refuseTransactionWords } from './transaction-words.js'

/** The project's Knex and its whole configuration, as scripts see them. */
export type ProjectKnex = Pick<ScriptKnexOptions, 'knexModule' | 'config'>

/** Who hears of what a script does; each may throw to stop it before it happens. */
export interface Listeners {
  onOperations(operations: readonly Operation[]): Promise<void>
  onRaw(statement: RawStatement): Promise<void>
  /** After the statements of a schema call ran, and before the script goes on. */
  onCarriedOut?(): void
  /** Each statement that only reads, before it is answered. */
  onRead?(statement: RawStatement): void
  /**
   * Each statement as text, schema calls' and raw ones alike, before it runs; `isQuick` where it is
   * about a table without rows.
   */
  onStatement(sql: string, isQuick: boolean): void
  /** A statement that was told, once it was carried out; one that failed is never done. */
  onDone?(sql: string): void
}

/** What is performed: recorded actions that say everything, or the script itself. */
export type Performance =
  | { readonly kind: 'actions'; readonly actions: readonly Action[]; readonly transaction: boolean }
  | { readonly kind: 'script'; readonly run: ScriptFunction; readonly transaction: boolean }

export interface Performer {
  /** Performs and counts the statements that ran. */
  perform(performance: Performance, listeners: Listeners): Promise<number>
  destroy(): Promise<void>
}

const SILENT: Listeners = {
  onOperations: () => Promise.resolve(),
  onRaw: () => Promise.resolve(),
  onStatement: () => undefined,
}

/** A performer on a connection; Knex is set up when the first script needs it. */
export function createPerformer(
  dialect: Dialect,
  connection: Connection,
  knex: ProjectKnex,
): Performer {
  let session: ScriptSession | null = null
  let current = SILENT
  let count = 0
  /** Whether the script runs in our transaction. */
  let isInside = false
  const target = {
    dialect,
    connection,
    isUndoneWhole: false,
    onOperations: (operations: readonly Operation[]) => current.onOperations(operations),
    onRaw: (statement: RawStatement) => current.onRaw(statement),
    onCarriedOut: () => {
      current.onCarriedOut?.()
    },
    onStatement: (sql: string, isQuick: boolean) => {
      current.onStatement(sql, isQuick)
    },
    onDone: (sql: string) => {
      current.onDone?.(sql)
    },
  }

  /** What an earlier failure left outside a transaction. */
  async function clearWay(statement: string): Promise<void> {
    for (const sql of (await dialect.frame.clearFor?.(connection, statement)) ?? []) {
      current.onStatement(sql, false)
      await connection.execute(sql)
      current.onDone?.(sql)
      count += 1
    }
  }

  function knexSession(): ScriptSession {
    session ??= scriptKnex({
      ...knex,
      connection,
      frame: dialect.frame,
      onSchemaCall: async (call) => {
        count += await carryOut(target, call)
      },
      onStatement: async (statement) => {
        if (statement.reads) {
          current.onRead?.(statement)
        } else {
          if (isInside) refuseTransactionWords(statement)
          await current.onRaw(statement)
          if (!isInside) await clearWay(statement.sql)
          current.onStatement(statement.text, false)
          count += 1
        }
        return 'run'
      },
      afterStatement: (statement) => {
        if (!statement.reads) current.onDone?.(statement.text)
      },
    })
    return session
  }

  return {
    async perform(performance, listeners) {
      current = listeners
      count = 0
      isInside = performance.kind === 'script' && performance.transaction
      if (performance.kind === 'actions') {
        // No script is between them that could catch a failure and go on.
        const whole = { ...target, isUndoneWhole: performance.transaction }
        for (const action of performance.actions) {
          if (action.kind === 'call') count += await carryOut(whole, action.call)
        }
      } else if (performance.transaction) {
        const own = knexSession()
        await own.transaction((trx) => own.watch(() => performance.run(trx)))
      } else {
        const own = knexSession()
        await own.watch(() => performance.run(own.knex))
      }
      current = SILENT
      return count
    },
    destroy: async () => {
      await session?.destroy()
    },
  }
}
