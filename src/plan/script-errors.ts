/** The errors of scripts that fail, or do not undo themselves, before anything runs. */
import { MigrateError, messageOf } from '../errors.js'
import { typedId } from '../revisions/revision.js'
import { ITS_REVISION } from './misfit.js'
import type { StepRequest } from './step-request.js'
import { shellWord } from '../shell-word.js'

/** The error for what a script threw, its revision named. */
export function scriptFailed(request: StepRequest, thrown: unknown): MigrateError {
  const { revision, direction } = request
  const known = thrown instanceof MigrateError ? thrown : null
  const script = revision.path === null ? '' : ` (${revision.path})`
  return new MigrateError(
    known?.code ?? 'SCRIPT_FAILED',
    known?.exit ?? 1,
    `Revision ${revision.id}${script} cannot run ${direction}: ${messageOf(thrown)}`,
    {
      ...(known?.why == null ? {} : { why: known.why }),
      fix:
        known?.fix.replaceAll(ITS_REVISION, shellWord(typedId(revision.id))) ??
        `Open it with \`migrate-tui edit ${shellWord(revision.id)}\`, mend it, and run again.`,
      state: 'Nothing ran: the database is as it was.',
      details: { revision: revision.id, path: revision.path, ...known?.details },
      cause: thrown,
    },
  )
}

/** The error of a script whose down undoes nothing. */
export function oneWay({ revision }: StepRequest, threw: string | null): MigrateError {
  return new MigrateError('REVISION_ONE_WAY', 3, `Revision ${revision.id} does not undo itself.`, {
    why: threw === null ? 'Its down is empty, while its up is not.' : `Its down throws: ${threw}`,
    fix: `Write the down in ${revision.path ?? revision.id}, or only record it as reverted: \`${stampBefore(revision)}\`.`,
    state: 'Nothing ran: the database is as it was.',
    details: { revision: revision.id, path: revision.path },
  })
}

/** The stamp after which it counts as not applied; without a name it would say that all are. */
function stampBefore({ id, parents }: StepRequest['revision']): string {
  const before = parents.length === 0 ? [`${typedId(id)}@base`] : parents.map(typedId)
  return `migrate-tui stamp ${before.map(shellWord).join(' ')}`
}
