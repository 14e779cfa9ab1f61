/** Tries scripts on a copy of the structure, for what they do that only a database answers. */
import { messageOf } from '../errors.js'
import type { Operation } from '../operations/operation.js'
import type { Action, Recording } from '../scripts/loading/record.js'
import type { RawStatement } from '../vocabulary/call.js'
import { bareText, piecesOf } from '../vocabulary/sql-text.js'
import { createPerformer } from './perform.js'
import { scriptFailed } from './script-errors.js'
import type { PlanStep } from './step.js'
import type { PlanInput, Recorded } from './step-request.js'
import { functionOf, stepOf } from './step-request.js'

/** Tries every step on a copy of the structure, so that reads of the structure are answered truly. */
export async function rehearse(
  input: PlanInput,
  recorded: readonly Recorded[],
): Promise<readonly PlanStep[]> {
  const { dialect, driver, connection, afterCreate } = input
  const shadow = await dialect.shadow(driver, connection, afterCreate)
  const performer = createPerformer(input.dialect, shadow.connection, input.knex)
  const steps: PlanStep[] = []
  let isUnsure = false
  try {
    await input.dialect.frame.enter(shadow.connection)
    for (const [at, one] of recorded.entries()) {
      input.onTry?.(one.request.revision.id, at + 1)
      isUnsure ||= one.recording.actions.some(isUnknown)
      const operations: Operation[] = []
      const raw: RawStatement[] = []
      const statements: string[] = []
      const pure = one.recording.needsDatabase === null
      let unforeseen = pure ? null : unforeseenOf(one.recording)
      shadow.revisionBegins?.(one.request.script.transaction)
      try {
        await performer.perform(
          pure
            ? // A copy is not taken back where one fails.
              { kind: 'actions', actions: one.recording.actions, transaction: false }
            : { kind: 'script', run: functionOf(one.request), transaction: true },
          {
            onOperations: (list) => {
              operations.push(...list)
              return Promise.resolve()
            },
            onRaw: (statement) => {
              raw.push(statement)
              return Promise.resolve()
            },
            onStatement: (sql) => {
              statements.push(sql)
            },
          },
        )
      } catch (thrown) {
        if (pure && !isUnsure) throw scriptFailed(one.request, thrown)
        unforeseen = `it could not be tried ${pure ? 'on a copy' : 'without its rows'}: ${messageOf(thrown)}`
      }
      steps.push(stepOf(one, { operations, raw, statements, unforeseen, request: one.request }))
    }
    return steps
  } finally {
    await performer.destroy()
    await shadow.close()
  }
}

const CHANGES_STRUCTURE = /\b(?:create|drop|alter|rename)\b/i

/** Whether nobody but the server knows what it makes or drops; a sketch of one does not. */
function isUnknown(action: Action): boolean {
  return action.kind === 'call'
    ? action.call.kind === 'unknown'
    : CHANGES_STRUCTURE.test(bareText(piecesOf(action.statement.sql, action.statement.spelling)))
}

/** Why nobody knows before the run what a script does. */
export const READS_ROWS = 'it reads rows to decide what to do'

/** A script that reads rows may go another way on the live ones than on an empty copy. */
function unforeseenOf(recording: Recording): string | null {
  const reads = recording.actions.some(
    (action) => action.kind === 'statement' && readsRows(action.statement),
  )
  return reads ? READS_ROWS : null
}

/** Whether a statement reads rows: what it reads of the structure is the same on a copy. */
export function readsRows({ reads, sql }: RawStatement): boolean {
  return reads && !readsStructure(sql)
}

function readsStructure(sql: string): boolean {
  return /^\s*pragma\b|\bsqlite_(?:master|schema)\b|\binformation_schema\b|\bpg_catalog\b/i.test(
    sql,
  )
}
