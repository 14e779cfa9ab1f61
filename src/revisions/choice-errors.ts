/** Refusals of a revision argument, each with what could have been meant. */
import { MigrateError } from '../errors.js'
import { didYouMean, nearNames } from './near-names.js'
import type { Revision, RevisionId } from './revision.js'
import { typedId } from './revision.js'

/** Long lists are cut: the first few tell what kind of names there are. */
const MOST = 10

/** A name that nothing is called. */
export function unknownRevision(
  name: string,
  revisions: readonly Revision[],
  labels: Iterable<string>,
): MigrateError {
  const ids = revisions.map(({ id }) => id)
  const near = [
    ...new Set([
      ...nearNames(name, [...labels, ...ids]),
      ...revisions.filter((revision) => isSpokenOf(revision, name)).map(({ id }) => id),
    ]),
  ].slice(0, 3)
  return new MigrateError(
    'REV_UNKNOWN',
    2,
    `There is no revision and no branch label ${JSON.stringify(name)}.`,
    {
      ...(name.includes(':') && {
        why: 'It looks like a range: those are for history -r, and for upgrade and downgrade with --sql.',
      }),
      fix:
        didYouMean(near.map(typedId)) || 'Run migrate-tui history to see the revisions there are.',
      details: { name, suggestions: near },
    },
  )
}

/** Whether a person who types `text` may have a revision's file or message in mind. */
function isSpokenOf({ path, message }: Revision, text: string): boolean {
  if (text.length < 3) return false
  const lower = text.toLowerCase()
  const spoken = lower.replaceAll('_', ' ')
  return (path?.toLowerCase().includes(lower) ?? false) || message.toLowerCase().includes(spoken)
}

/** An argument that several revisions answer to. */
export function ambiguous(what: string, choices: readonly string[], hint: string): MigrateError {
  return new MigrateError('REV_AMBIGUOUS', 2, `${what}: ${listed(choices)}.`, {
    fix: hint,
    details: { choices },
  })
}

/** One revision was asked for, and there are several heads. */
export function severalHeads(
  argument: string,
  found: readonly RevisionId[],
  choices: readonly string[],
): MigrateError {
  return new MigrateError(
    'REV_SEVERAL_HEADS',
    3,
    `${JSON.stringify(argument)} could mean any of ${found.length} revisions: ${listed(found)}.`,
    {
      why: 'The history has branches that were not merged.',
      fix: `Name one: ${listed(choices)}.${/^heads?$/.test(argument) ? ' Or join them: `migrate-tui merge`.' : ''}`,
      details: { argument, heads: found, choices },
    },
  )
}

/** A revision that is not on the branch named before the `@`. */
export function notInBranch(id: RevisionId, branch: string): MigrateError {
  return new MigrateError(
    'REV_NOT_IN_BRANCH',
    2,
    `Revision ${id} is not on the branch ${branch}.`,
    {
      fix: `Leave ${branch}@ out, or name a revision of that branch.`,
      details: { revision: id, branch },
    },
  )
}

/** Steps that lead out of the history. */
export function tooFar(argument: string, steps: number, there: number): MigrateError {
  const missing = `${Math.abs(steps)} ${Math.abs(steps) === 1 ? 'step' : 'steps'}`
  return new MigrateError(
    'REV_TOO_FAR',
    2,
    `${JSON.stringify(argument)} asks for ${missing}, and there are ${there}.`,
    {
      fix:
        there === 0
          ? 'Run migrate-tui current to see where the database stands.'
          : 'Ask for fewer steps.',
      details: { argument, steps, available: there },
    },
  )
}

/** Steps in a direction that the command does not go. */
export function wrongDirection(argument: string, fix: string): MigrateError {
  return new MigrateError(
    'REV_WRONG_DIRECTION',
    2,
    `${JSON.stringify(argument)} leads the other way.`,
    {
      fix,
      details: { argument },
    },
  )
}

/** The start of a range does not lead to its end. */
export function notAncestor(range: string, from: RevisionId): MigrateError {
  return new MigrateError(
    'REV_NOT_ANCESTOR',
    2,
    `In the range ${range}, revision ${from} does not lead to the end.`,
    {
      why: 'They are on different branches, or the other way round.',
      fix: 'Put the older revision first, or choose two of one branch.',
      details: { range, revision: from },
    },
  )
}

/** A downgrade to a revision that is not applied. */
export function notApplied(id: RevisionId): MigrateError {
  return new MigrateError(
    'REV_NOT_APPLIED',
    2,
    `Revision ${id} is not applied, so there is no way back to it.`,
    {
      fix: 'Run migrate-tui current to see where the database stands.',
      details: { revision: id },
    },
  )
}

/** Applied revisions that no file tells anything about. */
export function filesMissing(ids: readonly RevisionId[]): MigrateError {
  const [first] = ids
  const what =
    ids.length === 1
      ? `Revision ${first ?? ''} is applied but its file is missing.`
      : `${ids.length} revisions are applied but their files are missing: ${listed(ids)}.`
  return new MigrateError('REV_FILE_MISSING', 3, what, {
    why: 'The file was deleted, or lives on another git branch; what it needs and what needs it is unknown.',
    fix: 'Restore the file, or run migrate-tui verify to see what can be done without it.',
    details: { revisions: ids },
  })
}

function listed(names: readonly string[]): string {
  const rest = names.length - MOST
  return names.slice(0, MOST).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
