/** Scripts against what the history recorded of them, and the database against both. */
import type { Project } from '../project/project.js'
import { missingFiles, outOfOrder } from '../revisions/current.js'
import { readFailures } from '../runner/history.js'
import { hasHistory } from '../runner/history-tables.js'
import type { VerifyDocument } from './documents.js'
import type { Io } from './io.js'
import type { VerifyOptions } from './options.js'
import type { Session } from './session.js'
import { inSession, keptKnexHistory } from './session.js'
import type { DatabaseVerdict } from './comparing/verify-database.js'
import { verifyDatabase } from './comparing/verify-database.js'

type Finding = VerifyDocument['findings'][number]

/**
 * Whether every applied revision still has its file, unchanged, in order, Knex's history agrees, none
 * failed last, and the database is what the revisions make.
 */
export function verify(
  project: Project,
  _options: VerifyOptions,
  _io: Io,
): Promise<VerifyDocument> {
  return inSession(project, { readOnly: true }, async (session) => {
    const gone = missing(session)
    // Without all files nobody can say what the revisions make.
    const database = gone.length === 0 ? await verifyDatabase(session) : NOT_COMPARED
    const findings = [
      ...gone,
      ...edited(session),
      ...unordered(session),
      ...knexDisagrees(session),
      ...(await failed(session)),
      ...database.findings,
    ]
    return { ok: findings.length === 0, findings, notes: database.notes }
  })
}

const NOT_COMPARED: DatabaseVerdict = {
  findings: [],
  notes: [
    {
      code: 'NOT_FOLLOWED',
      message: 'The database was not held against the history: a file is missing.',
      where: 'database',
    },
  ],
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

/** One whose file was taken away since is nothing to mend. */
async function failed(session: Session): Promise<readonly Finding[]> {
  const { dialect, connection, tables, files } = session
  if (connection === null || !(await hasHistory(dialect, connection, tables))) return []
  const failures = [...(await readFailures(dialect, connection, tables))]
  return failures
    .filter((revision) => files.has(revision))
    .map((revision) => ({
      code: 'LAST_RUN_FAILED',
      revision,
      message: `Revision ${revision} failed when it was last run. ${standing(session, revision)}.`,
      fix: `Mend the script, \`migrate-tui edit ${revision}\`, and run \`migrate-tui upgrade\` again.`,
    }))
}

function standing({ dialect, files }: Session, revision: string): string {
  if (!dialect.facts.transactionalDdl) {
    return 'This database cannot roll structure back, so its first statements may stand'
  }
  return files.get(revision)?.transaction === false
    ? 'Its script runs without a transaction, so its first statements may stand'
    : 'It was rolled back whole'
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
