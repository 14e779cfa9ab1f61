/** Scripts against what the history recorded of them, and the database against both. */
import type { Project } from '../project/project.js'
import { missingFiles, outOfOrder } from '../revisions/current.js'
import type { VerifyDocument } from './documents.js'
import { failedRunsOf, tellingRun, unended } from './failed-runs-of.js'
import { editedScripts, unlistedByKnex } from './history-doubts.js'
import type { Io } from './io.js'
import type { VerifyOptions } from './options.js'
import type { Session } from './session.js'
import { inSession } from './session.js'
import type { DatabaseVerdict } from './comparing/verify-database.js'
import { verifyDatabase } from './comparing/verify-database.js'
import { shellWord } from '../shell-word.js'

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

function edited(session: Session): readonly Finding[] {
  return editedScripts(session).map(({ revision: { id } }) => ({
    code: 'SCRIPT_EDITED',
    revision: id,
    message: `The script of revision ${id} changed after it was applied.`,
    fix: 'Take the edit back, or write a new revision for it: `migrate-tui revision`.',
  }))
}

/** One whose file was taken away since is nothing to mend. */
async function failed(session: Session): Promise<readonly Finding[]> {
  const { files } = session
  return [...(await failedRunsOf(session))].flatMap(([revision, runs]) => {
    const run = tellingRun(runs)
    if (run === null || !files.has(revision)) return []
    const command = run.direction === 'up' ? 'upgrade' : 'downgrade'
    const mend = `Mend the script, \`migrate-tui edit ${shellWord(revision)}\``
    return [
      {
        code: 'LAST_RUN_FAILED',
        revision,
        message: !run.hasEnded
          ? unended(revision, run)
          : run.isHalfDone
            ? `Revision ${revision} failed half-way in the ${command} of ${run.at}; \`migrate-tui show ${shellWord(revision)}\` says what stands of it.`
            : `Revision ${revision} failed when it was last run. ${whole(session, revision)}.`,
        fix: run.isHalfDone
          ? `${mend}, undo by hand what stands or leave it out of the script, and run \`migrate-tui ${command}\` again.`
          : `${mend}, and run \`migrate-tui ${command}\` again.`,
      },
    ]
  })
}

/** What a run leaves that is not known to have left anything. */
function whole({ dialect, files }: Session, revision: string): string {
  const takesBack = dialect.facts.transactionalDdl && files.get(revision)?.transaction !== false
  return takesBack ? 'It was rolled back whole' : 'No statement of it stands'
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
  const unlisted = unlistedByKnex(session)
  return (unlisted?.revisions ?? []).map((revision) => ({
    code: 'KNEX_DISAGREES',
    revision,
    message: `Revision ${revision} is applied here, and ${unlisted?.table ?? ''} does not list it.`,
    fix: `If Knex rolled it back, say so: \`migrate-tui stamp ${shellWord(`${revision}-1`)}\`; if it stands, list it there: \`migrate-tui stamp current\`.`,
  }))
}
