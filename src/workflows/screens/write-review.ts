/** Writes what was chosen in a review: one revision, or several that follow each other. */
import { rmSync } from 'node:fs'
import { MigrateError } from '../../errors.js'
import { applyOperations } from '../../operations/apply.js'
import { missingNeed } from '../../operations/missing-need.js'
import type { Operation } from '../../operations/operation.js'
import { summaryOf } from '../../operations/summary.js'
import type { Project } from '../../project/project.js'
import { bodyLines } from '../writing/body-lines.js'
import { changeDocuments } from '../comparing/change-documents.js'
import type { Compared } from '../comparing/compare-models.js'
import { compareModels } from '../comparing/compare-models.js'
import type { ChangeDocument } from '../documents.js'
import { requireLoaded } from '../comparing/find-changes.js'
import { generateScript } from '../writing/generated-script.js'
import type { Io } from '../io.js'
import { messageFor, openNeed, parentsFor, requireAtHead } from '../migrate.js'
import { wishesOf } from './review.js'
import type { ReviewToWrite, ReviewWritten } from './screen-documents.js'
import { recordedSchema } from '../comparing/recorded-images.js'
import type { Session } from '../session.js'
import { inSession } from '../session.js'
import { trialOf } from '../running/trial.js'
import type { WrittenRevision } from '../writing/write-revision.js'
import { writeRevision } from '../writing/write-revision.js'

/**
 * Compares again with the same answers and writes the chosen changes; nothing stays written when a
 * part cannot be.
 * @throws MigrateError `REVIEW_MOVED` (exit 3) where a chosen change is no longer one
 * @throws MigrateError `REVIEW_ORDER` (exit 2) where a choice or its order cannot be carried out
 * @throws MigrateError `NOT_AT_HEAD`, `MODELS_FAILED` as `migrate` does
 */
export function writeReview(project: Project, wish: ReviewToWrite, io: Io): Promise<ReviewWritten> {
  return inSession(project, { readOnly: true }, async (session) => {
    const parents = parentsFor(session, { head: 'head', splice: false })
    requireAtHead(session, parents)
    const compared = await compareModels(session, wishesOf(wish.answers, wish.partial), null)
    requireLoaded(compared.loaded, wish.partial)
    const parts = await chosenParts(session, compared, wish)
    requireOrder(compared, parts)
    return { written: await writeParts(session, { compared, parents, parts, wish }, io) }
  })
}

/** A part with its changes in the chosen order. */
interface ChosenPart {
  readonly message: string | null
  readonly operations: readonly Operation[]
  readonly changes: readonly ChangeDocument[]
}

async function chosenParts(
  session: Session,
  { comparison }: Compared,
  { parts }: ReviewToWrite,
): Promise<readonly ChosenPart[]> {
  const { operations } = comparison
  const found = await changeDocuments(session, operations, { statements: false })
  const byId = new Map(found.changes.map((document, at) => [document.id, { document, at }]))
  const wanted = parts.flatMap(({ changes }) => changes)
  const gone = wanted.filter((id) => !byId.has(id))
  if (gone.length > 0) throw moved(gone)
  const twice = wanted.find((id, at) => wanted.indexOf(id) !== at)
  if (twice !== undefined) throw wrongOrder(`${twice} is chosen twice.`, { change: twice })
  return parts
    .filter(({ changes }) => changes.length > 0)
    .map(({ message, changes }) => {
      const chosen = changes.flatMap((id) => byId.get(id) ?? [])
      return {
        message,
        operations: chosen.flatMap(({ at }) => operations[at] ?? []),
        changes: chosen.map(({ document }) => document),
      }
    })
}

function requireOrder({ comparison, current }: Compared, parts: readonly ChosenPart[]): void {
  const chosen = parts.flatMap(({ operations }) => operations)
  const changes = parts.flatMap((part) => part.changes)
  const need = missingNeed(current, chosen, comparison.operations)
  if (need === null) return
  const { operation, needs, settledBy } = need
  const isChosen = settledBy !== null && chosen.includes(settledBy)
  const advice =
    settledBy === null
      ? ''
      : isChosen
        ? ` Put "${summaryOf(settledBy)}" before it.`
        : ` "${summaryOf(settledBy)}" was left out.`
  throw wrongOrder(`"${summaryOf(operation)}" needs ${needs}.${advice}`, {
    change: changes[chosen.indexOf(operation)]?.id ?? null,
    needs,
  })
}

interface Writing {
  readonly compared: Compared
  readonly parents: readonly string[]
  readonly parts: readonly ChosenPart[]
  readonly wish: ReviewToWrite
}

async function writeParts(
  session: Session,
  { compared, parents, parts, wish }: Writing,
  io: Io,
): Promise<readonly WrittenRevision[]> {
  const trial = await trialOf(session)
  const written: WrittenRevision[] = []
  const started = Date.now()
  const earlier: Operation[] = []
  try {
    for (const [at, part] of parts.entries()) {
      const { operations, changes } = part
      const current = applyOperations(compared.current, earlier)
      const recorded = await recordedSchema(session, operations, earlier)
      const request = { operations, earlier, current, recorded, desired: compared.loaded.tables }
      const script = await generateScript(session, { ...request, fills: wish.fills }, null)
      const before = written.at(-1)
      const revision = await writeRevision(session, {
        parents: before === undefined ? parents : [before.revision],
        options: { branchLabel: null, revId: null, splice: false },
        message: part.message ?? messageFor(changes),
        // Names of files begin with the second, and their order should be that of the revisions.
        createdAt: new Date(started + at * 1000),
        autogenerated: true,
        up: bodyLines(script.up),
        down: bodyLines(script.down),
        meant: { current, operations },
        changes,
      })
      written.push(revision)
      await trial.carryOut(operations, (operation, reason) => {
        const change = changes[operations.indexOf(operation)]?.id ?? null
        return wrongOrder(`"${summaryOf(operation)}" cannot run there: ${reason}`, { change })
      })
      earlier.push(...operations)
      for (const need of script.open) io.warn(openNeed(need.table, need.column, need.rows))
    }
    return written
  } catch (thrown) {
    for (const { path } of written) rmSync(path, { force: true })
    throw thrown
  } finally {
    await trial.close()
  }
}

function moved(gone: readonly string[]): MigrateError {
  return new MigrateError('REVIEW_MOVED', 3, `${gone.join(', ')}: no longer a change.`, {
    why: 'The models or the database changed since they were compared.',
    fix: 'Look at the comparison again, and choose anew.',
    state: 'Nothing was written.',
    details: { changes: gone },
  })
}

function wrongOrder(message: string, details: Readonly<Record<string, unknown>>): MigrateError {
  return new MigrateError('REVIEW_ORDER', 2, message, {
    why: 'Changes are written as they were chosen, and run in that order.',
    fix: 'Move the change behind what it needs, choose that too, or leave both out.',
    state: 'Nothing was written.',
    details,
  })
}
