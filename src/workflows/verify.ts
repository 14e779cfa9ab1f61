/** Scripts against what the history recorded of them. */
import type { Project } from '../project/project.js'
import { missingFiles, outOfOrder } from '../revisions/current.js'
import type { VerifyDocument } from './documents.js'
import type { Io } from './io.js'
import type { VerifyOptions } from './options.js'
import type { Session } from './session.js'
import { inSession, keptKnexHistory } from './session.js'

type Finding = VerifyDocument['findings'][number]

/** Whether every applied revision still has its file, unchanged, in order, and Knex's history agrees. */
export function verify(
  project: Project,
  _options: VerifyOptions,
  _io: Io,
): Promise<VerifyDocument> {
  return inSession(project, { readOnly: true }, (session) => {
    const findings = [
      ...missing(session),
      ...edited(session),
      ...unordered(session),
      ...knexDisagrees(session),
    ]
    return Promise.resolve({ ok: findings.length === 0, findings })
  })
}

function missing({ graph, applied }: Session): readonly Finding[] {
  return missingFiles(graph, applied).map((revision) => ({
    code: 'FILE_MISSING',
    revision,
    message: `Revision ${revision} is applied, and no file provides it.`,
    fix: 'Restore the file from version control, or forget the revision: `migrate-tui stamp --purge head`.',
  }))
}

function edited({ files, rows }: Session): readonly Finding[] {
  return rows.flatMap(({ revision, checksum }) => {
    const file = files.get(revision)
    if (file === undefined || checksum === null || file.checksum() === checksum) return []
    const finding: Finding = {
      code: 'SCRIPT_EDITED',
      revision,
      message: `The script of revision ${revision} changed after it was applied.`,
      fix: 'Take the edit back, or write a new revision for it: `migrate-tui revision`.',
    }
    return [finding]
  })
}

function unordered({ graph, applied }: Session): readonly Finding[] {
  return outOfOrder(graph, applied).map(({ id }) => ({
    code: 'OUT_OF_ORDER',
    revision: id,
    message: `Revision ${id} is not applied, and one that follows it is.`,
    fix: 'Apply it: `migrate-tui upgrade`.',
  }))
}

function knexDisagrees(session: Session): readonly Finding[] {
  const { rows, files } = session
  const knex = keptKnexHistory(session)
  if (knex === null) return []
  const bare = (name: string): string => name.replace(/\.[cm]?[jt]s$/, '')
  const listed = new Set(knex.names.map(bare))
  return rows.flatMap(({ revision }) => {
    const file = files.get(revision)
    if (file === undefined || listed.has(bare(file.knexName))) return []
    const finding: Finding = {
      code: 'KNEX_DISAGREES',
      revision,
      message: `Revision ${revision} is applied here, and ${knex.table} does not list it.`,
      fix: `If Knex rolled it back, say so: \`migrate-tui stamp ${revision}-1\`.`,
    }
    return [finding]
  })
}
