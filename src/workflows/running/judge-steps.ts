/** What the steps of a plan put at risk, counted live, and what of it nobody has agreed to yet. */
import { MigrateError } from '../../errors.js'
import type { Operation } from '../../operations/operation.js'
import type { PlanStep } from '../../plan/step.js'
import type { PlannedStep } from '../../runner/events.js'
import type { CountedHazard, Hazard } from '../../safety/hazard.js'
import { asksConsent, countHazards } from '../../safety/count.js'
import { hazardsOf } from '../../safety/hazards.js'
import { hazardsOfRaw } from '../../safety/raw.js'
import type { Renames } from '../../safety/renames.js'
import type { TableName } from '../../schema/table.js'
import type { RawStatement } from '../../vocabulary/call.js'
import type { Session } from '../session.js'
import { shellWord } from '../../shell-word.js'

/** A step with its hazards. */
export interface JudgedStep {
  readonly plan: PlanStep
  readonly hazards: readonly CountedHazard[]
  readonly destructive: boolean
}

/** What a run made itself: nobody can lose what was not there before. */
export interface Made {
  /** Whether the database had no table when the run was planned. */
  readonly everything: boolean
  /** The tables made so far; emptied by a statement that may have moved rows into them. */
  readonly tables: Set<TableName>
}

/** What is judged, and on which database. */
export interface Judging extends Pick<Session, 'dialect' | 'connection'> {
  readonly made: Made
  /** What earlier steps of a plan rename; absent where they have run. */
  readonly renames?: Renames
}

/** What a script asks for, or would. */
interface Judged {
  readonly operations: readonly Operation[]
  readonly raw: readonly RawStatement[]
  readonly isOpen: (hazard: Hazard) => boolean
}

/** Nothing made yet. */
export async function nothingMade(
  session: Pick<Session, 'dialect' | 'connection' | 'tables' | 'database'>,
): Promise<Made> {
  const { dialect, connection, tables, database } = session
  const knex = database.knexTables.flatMap(({ history, lock }) => [history, lock])
  const known = new Set([tables.revisions, tables.log, ...knex])
  const listed = connection === null ? [] : await dialect.listTables(connection, [...known])
  return { everything: listed.every((name) => known.has(name)), tables: new Set() }
}

/** Judges every step; counts are of the rows that are there now, before the first step. */
export async function judgeSteps(
  judging: Judging,
  steps: readonly PlanStep[],
): Promise<readonly JudgedStep[]> {
  const judged: JudgedStep[] = []
  const all: Judging = { ...judging, renames: new Map() }
  for (const plan of steps) {
    const { operations, raw } = plan
    const hazards = await judge(all, { operations, raw, isOpen: () => true })
    judged.push({ plan, hazards, destructive: hazards.some(asksConsent) })
  }
  return judged
}

/** What operations and raw statements put at risk; counted is only what `isOpen` says is of interest. */
export async function judge(
  { dialect, connection, made, renames = new Map() }: Judging,
  { operations, raw, isOpen }: Judged,
): Promise<readonly CountedHazard[]> {
  if (raw.length > 0) made.tables.clear()
  const found = [
    ...hazardsOf(dialect, operations, { created: made.tables, renames }),
    ...raw.flatMap((statement) => hazardsOfRaw(statement)),
  ]
  if (raw.length > 0) made.tables.clear()
  if (found.length === 0) return []
  const counted = await countHazards({ dialect, connection }, found.filter(isOpen))
  return made.everything ? counted.filter((hazard) => !asksConsent(hazard)) : counted
}

/** A judged step as the plan's event tells it. */
export function plannedStep({ plan, hazards, destructive }: JudgedStep): PlannedStep {
  return {
    revision: plan.revision.id,
    message: plan.revision.message,
    direction: plan.direction,
    statements: plan.statements,
    hazards: hazards.map(({ code, class: kind, object, message, rows }) => ({
      code,
      class: kind,
      object,
      message,
      rows,
    })),
    destructive,
    unforeseen: plan.unforeseen,
  }
}

/**
 * Steps that are certain to fail on the rows that exist, each with the hazards that say so, as long
 * as nothing before it in the plan changes rows: then only running it can tell.
 */
export function certainFailures(
  steps: readonly JudgedStep[],
): ReadonlyMap<JudgedStep, readonly CountedHazard[]> {
  const firstImpure = steps.findIndex((step) => !step.plan.pure)
  const known = firstImpure === -1 ? steps : steps.slice(0, firstImpure)
  const failing = known.map(
    (step) =>
      [step, step.hazards.filter((h) => h.class === 'failsOnRows' && (h.rows ?? 0) > 0)] as const,
  )
  return new Map(failing.filter(([, hazards]) => hazards.length > 0))
}

/**
 * Refuses a plan with a step that is certain to fail on the rows that exist.
 * @throws MigrateError `ROWS_IN_THE_WAY`
 */
export function refuseWhatWillFail(steps: readonly JudgedStep[]): void {
  for (const [step, failing] of certainFailures(steps)) {
    const { revision } = step.plan
    throw new MigrateError(
      'ROWS_IN_THE_WAY',
      1,
      `Revision ${revision.id} would fail: ${failing.map(withRows).join('; ')}.`,
      {
        why: 'The rows that are there now do not fit what it asks for.',
        fix: `Change those rows first, in the script before that call: \`migrate-tui edit ${shellWord(revision.id)}\`.`,
        state: 'Nothing ran: the database is as it was.',
        details: { revision: revision.id, hazards: failing },
      },
    )
  }
}

/** A hazard with its count in words: "dropping the table users loses its rows (3 rows)". */
export function withRows(hazard: CountedHazard): string {
  if (hazard.rows === null) return hazard.message
  return `${hazard.message} (${hazard.rows} ${hazard.rows === 1 ? 'row' : 'rows'})`
}
