/** Models and database side by side. */
import type { TableComparison } from '../compare/comparison.js'
import type { Project } from '../project/project.js'
import { compareModels, comparisonDocument } from './comparing/compare-models.js'
import type { ComparisonDocument } from './documents.js'
import type { Io } from './io.js'
import type { DiffOptions } from './options.js'
import { inSession } from './session.js'

/** The comparison, with the rows of every table that differs. */
export type DiffDocument = ComparisonDocument & { readonly tables: readonly TableComparison[] }

/** Compares as `check` does, for a person. */
export function diff(project: Project, _options: DiffOptions, _io: Io): Promise<DiffDocument> {
  const wishes = { renames: [], dropUnmanaged: [], partial: true }
  return inSession(project, { readOnly: true }, async (session) => {
    const compared = await compareModels(session, wishes, null)
    const document = await comparisonDocument(session, compared, { statements: true })
    const tables = compared.comparison.tables().filter((table) => table.status !== 'same')
    return { ...document, tables }
  })
}
