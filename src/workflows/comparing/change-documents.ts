/** Operations as the changes that people read: a summary, what is at stake, the statements both ways. */
import { executeAll } from '../../plan/execute.js'
import { MigrateError } from '../../errors.js'
import type { Operation } from '../../operations/operation.js'
import { tableOf } from '../../operations/operation.js'
import { reverseOperation } from '../../operations/reverse.js'
import { objectName, summaryOf } from '../../operations/summary.js'
import { openShadow } from '../../project/connection.js'
import { asksConsent, countHazards } from '../../safety/count.js'
import type { CountedHazard } from '../../safety/hazard.js'
import { hazardsByOperation } from '../../safety/hazards.js'
import type { Note } from '../../schema/desired.js'
import type { ChangeDocument } from '../documents.js'
import type { Session } from '../session.js'
import { brokenNotes } from './broken-notes.js'

export interface ChangesFound {
  readonly changes: readonly ChangeDocument[]
  /** What the database refuses of them, where it was asked: such a change has no statements. */
  readonly refusals: readonly Note[]
  /** What they break without a word of the database, where that was asked too. */
  readonly broken: readonly Note[]
}

export interface ChangeDocumentWishes {
  readonly statements: boolean
  /** Whether the changes are tried forward for what the database refuses, where no statements are wanted. */
  readonly refusals?: boolean
  /** Columns whose rows are given a value, so that none fails for want of one. */
  readonly filled?: readonly FilledColumn[]
}

/** A column whose rows are given a value. */
export interface FilledColumn {
  readonly table: string
  readonly column: string
}

/**
 * The documents of operations, in order. With `statements` they are tried on a copy of the
 * database's structure, all forward and then all back, and each keeps its own; with `refusals` alone
 * only forward.
 */
export async function changeDocuments(
  session: Session,
  operations: readonly Operation[],
  wishes: ChangeDocumentWishes,
): Promise<ChangesFound> {
  const { statements: isWhole, refusals: isTried = false } = wishes
  const tried = isWhole || isTried ? await tryOut(session, operations, isWhole) : null
  const hazards = hazardsByOperation(session.dialect, operations)
  const filled = new Set(wishes.filled?.map(({ table, column }) => `${table}.${column}`))
  const ids = new Map<string, number>()
  const documents: ChangeDocument[] = []
  for (const [i, operation] of operations.entries()) {
    const standing = (hazards[i] ?? []).filter(
      ({ code, object }) => !(WANTS_VALUES.has(code) && filled.has(object)),
    )
    const counted = await countHazards(session, standing)
    const name = objectName(operation)
    const table = tableOf(operation)
    documents.push({
      id: uniqueId(
        ids,
        `${operation.kind}:${table === null || table === name ? name : `${table}.${name}`}`,
      ),
      kind: operation.kind,
      table,
      name,
      summary: summaryOf(operation),
      destructive: counted.some(asksConsent),
      hazards: counted.map(({ code, message, rows }: CountedHazard) => ({ code, message, rows })),
      up: (isWhole ? tried?.up[i] : null) ?? [],
      down: tried?.down[i] ?? [],
    })
  }
  const broken = tried === null ? [] : await brokenNotes(session, operations)
  return { changes: documents, refusals: tried?.refusals ?? [], broken }
}

/** The hazards of rows without a value: a new column that may not be null, and one that may be no more. */
const WANTS_VALUES: ReadonlySet<string> = new Set(['H19', 'H26'])

interface Tried {
  readonly up: readonly (readonly string[])[]
  readonly down: readonly (readonly string[])[]
  readonly refusals: readonly Note[]
}

/** Carries the operations out on a copy of the structure, and with `isWhole` takes them back there. */
async function tryOut(
  session: Session,
  operations: readonly Operation[],
  isWhole: boolean,
): Promise<Tried> {
  const { dialect } = session
  const shadow = await openShadow(session.database, session.connection)
  try {
    await dialect.frame.enter(shadow.connection)
    const changed = operations.filter(({ kind }) => kind !== 'createTable')
    await shadow.foresee?.([...new Set(changed.flatMap((each) => tableOf(each) ?? []))])
    const refusals: Note[] = []
    const run = async (operation: Operation): Promise<readonly string[] | null> => {
      try {
        const { connection } = shadow
        const statements = await dialect.emit(connection, [operation])
        await executeAll({ dialect, connection }, statements)
        return statements.map(({ sql }) => sql)
      } catch (thrown) {
        refusals.push(refusalOf(operation, thrown))
        return null
      }
    }
    const up: (readonly string[] | null)[] = []
    for (const operation of operations) up.push(await run(operation))
    const down: (readonly string[] | null)[] = []
    const back = isWhole ? [...operations.entries()].toReversed() : []
    for (const [i, operation] of back) {
      // What was not done there is not undone there.
      down.unshift(up[i] === null ? null : await run(reverseOperation(operation)))
    }
    const known = (all: typeof up): Tried['up'] => all.map((statements) => statements ?? [])
    return { up: known(up), down: known(down), refusals }
  } finally {
    await shadow.close()
  }
}

/** Why a change cannot run as it stands. @throws what was thrown, where no change is the reason */
function refusalOf(operation: Operation, thrown: unknown): Note {
  if (!(thrown instanceof MigrateError) || /^(?:CONNECT|DATABASE)_/.test(thrown.code)) throw thrown
  const name = objectName(operation)
  const table = tableOf(operation)
  return {
    code: thrown.code,
    message: `${thrown.message} ${thrown.fix}`,
    where: table === null || table === name ? name : `${table}.${name}`,
  }
}

function uniqueId(taken: Map<string, number>, id: string): string {
  const seen = taken.get(id) ?? 0
  taken.set(id, seen + 1)
  return seen === 0 ? id : `${id}#${seen + 1}`
}
