/** Whether models, scripts and database agree. */
import type { Project } from '../project/project.js'
import { compareModels, comparisonDocument } from './comparing/compare-models.js'
import type { ComparisonDocument } from './documents.js'
import type { Io } from './io.js'
import type { CheckOptions } from './options.js'
import { inSession } from './session.js'

/** Compares and changes nothing; `upToDate` is false when `migrate` would write something. */
export function check(
  project: Project,
  options: CheckOptions,
  _io: Io,
): Promise<ComparisonDocument> {
  const wishes = { renames: [], dropUnmanaged: [], partial: true }
  return inSession(project, { readOnly: true }, async (session) => {
    const compared = await compareModels(session, wishes, null)
    return await comparisonDocument(session, compared, { statements: options.statements })
  })
}
