/** Models and database compared with what was answered so far, for the diff and the review. */
import type { TableComparison } from '../../compare/comparison.js'
import type { Project } from '../../project/project.js'
import { counterpartNotes } from '../../scripts/writing/counterparts.js'
import { declarationLines } from '../../vocabulary/writing/write-declaration.js'
import type { Compared } from '../comparing/compare-models.js'
import { compareModels, comparisonDocument } from '../comparing/compare-models.js'
import type { ChangeWishes } from '../comparing/find-changes.js'
import { ENGINE_LACKS } from '../writing/engine-lacks.js'
import { fillQuestions } from '../writing/generated-script.js'
import type { ReviewAnswers, ReviewDocument } from './screen-documents.js'
import type { Session } from '../session.js'
import { inSession } from '../session.js'

/**
 * Everything that the diff and the review show; nothing is written.
 * @throws MigrateError `MODELS_…`, `CONNECT_…`, `RENAME_UNKNOWN`
 */
export function review(
  project: Project,
  { answers }: { readonly answers: ReviewAnswers },
): Promise<ReviewDocument> {
  return inSession(project, { readOnly: true }, async (session) => {
    const compared = await compareModels(session, wishesOf(answers, true), null)
    return await documentOf(session, compared)
  })
}

/** What was answered, as a comparison takes it. */
export function wishesOf(answers: ReviewAnswers, partial: boolean): ChangeWishes {
  const { renames, apart, dropUnmanaged } = answers
  return { renames, apart, dropUnmanaged, partial }
}

async function documentOf(session: Session, compared: Compared): Promise<ReviewDocument> {
  const { comparison, loaded } = compared
  const document = await comparisonDocument(session, compared, { statements: true })
  const { operations } = comparison
  const sources = new Map(loaded.tables.map(({ table, source }) => [table.name, source]))
  return {
    ...document,
    notes: [...document.notes, ...counterpartNotes(ENGINE_LACKS, operations)],
    tables: comparison.tables().filter(isShown),
    models: loaded.models.flatMap(({ table, model, file }) =>
      table === null ? [] : [{ table, model, file, source: sources.get(table) ?? null }],
    ),
    failures: loaded.failures,
    fills: await fillQuestions(session, { operations, desired: loaded.tables }),
    declarations: declarationsOf(compared),
  }
}

/** What differs, and what has columns that no model speaks of: there is something to decide. */
function isShown({ status, rows }: TableComparison): boolean {
  return status !== 'same' || rows.some((row) => row.status === 'undeclared')
}

function declarationsOf({ comparison, current }: Compared): ReviewDocument['declarations'] {
  return comparison.undeclared.flatMap(({ table: name, column }) => {
    const table = current.tables.find((one) => one.name === name)
    if (table === undefined) return []
    return [{ table: name, column, text: declarationLines(table, column).join('\n') }]
  })
}
