/** What can be wrong with a set of revisions as a whole, in words for the person who owns the files. */
import { MigrateError } from '../errors.js'
import { didYouMean, nearNames } from './near-names.js'
import type { Revision, RevisionId } from './revision.js'

/** Where a revision stands: its file's name, or its id where it has no file. */
function placeOf(revision: Revision): string {
  return revision.path === null ? `revision ${revision.id}` : fileName(revision.path)
}

/** An id or a branch label that cannot be typed in a revision argument. */
export function badName(
  revision: Revision,
  found: { readonly kind: 'id' | 'label'; readonly name: string; readonly problem: string },
): MigrateError {
  const noun = found.kind === 'id' ? 'revision id' : 'branch label'
  return new MigrateError(
    'REV_BAD_NAME',
    2,
    `The ${noun} ${JSON.stringify(found.name)} in ${placeOf(revision)} cannot be used: ${found.problem}.`,
    {
      why: 'It is typed in revision arguments, where @ - + : and quotes have a meaning, and kept in the history.',
      fix: `Give it another ${noun}, for example of letters, digits and _.`,
      details: { name: found.name, paths: pathsOf([revision]) },
    },
  )
}

/** Two scripts with one id. */
export function duplicateId(first: Revision, second: Revision): MigrateError {
  return new MigrateError(
    'REV_DUPLICATE_ID',
    2,
    `Two scripts have the revision id ${first.id}: ${placeOf(first)} and ${placeOf(second)}.`,
    {
      why: 'A script was copied, or the same change came in twice from two git branches.',
      fix: 'Delete one of the two, or give the newer one another id and put that id wherever it is named.',
      details: { revision: first.id, paths: pathsOf([first, second]) },
    },
  )
}

/** A label that another revision has, as its label or as its id. */
export function duplicateLabel(label: string, first: Revision, second: Revision): MigrateError {
  const isId = first.id === label
  return new MigrateError(
    'REV_DUPLICATE_LABEL',
    2,
    `The branch label ${label} in ${placeOf(second)} is already ${isId ? 'the id' : 'a label'} of ${placeOf(first)}.`,
    {
      why: 'A label stands for one branch, and the revisions after it have it already.',
      fix: `Remove the label from ${placeOf(second)}, or choose another.`,
      details: { label, paths: pathsOf([first, second]) },
    },
  )
}

/** A parent that no script provides. */
export function missingParent(
  child: Revision,
  parent: RevisionId,
  known: readonly RevisionId[],
): MigrateError {
  const near = nearNames(parent, known)
  return new MigrateError(
    'REV_MISSING_PARENT',
    2,
    `Revision ${child.id} in ${placeOf(child)} follows ${parent}, which is not in the folder.`,
    {
      why: 'Its file was deleted, renamed, or lives on another git branch.',
      fix: `Restore the file, or point downRevision of ${child.id} at another revision. ${didYouMean(near)}`.trimEnd(),
      details: { revision: child.id, parent, paths: pathsOf([child]), suggestions: near },
    },
  )
}

/** A dependency that is neither an id nor a label. */
export function missingDependency(
  revision: Revision,
  name: string,
  known: readonly string[],
): MigrateError {
  const near = nearNames(name, known)
  return new MigrateError(
    'REV_MISSING_DEPENDENCY',
    2,
    `Revision ${revision.id} in ${placeOf(revision)} depends on ${name}, which is neither a revision nor a branch label.`,
    {
      fix: `Restore the script that ${name} names, or correct dependsOn. ${didYouMean(near)}`.trimEnd(),
      details: { revision: revision.id, name, paths: pathsOf([revision]), suggestions: near },
    },
  )
}

/** Revisions that each come before the next, and the last before the first. */
export function cycle(members: readonly Revision[]): MigrateError {
  const [first] = members
  const round = [...members, ...(first === undefined ? [] : [first])].map(({ id }) => id)
  const files = members.map(placeOf).join(', ')
  return new MigrateError(
    'REV_CYCLE',
    2,
    members.length === 1
      ? `Revision ${round[0] ?? ''} follows itself, in ${files}.`
      : `${members.length} revisions follow each other in a circle: ${round.join(' → ')}, in ${files}.`,
    {
      why: 'Each must be applied after the other, so none can be the first.',
      fix: 'Correct downRevision or dependsOn in one of these files.',
      details: { revisions: members.map(({ id }) => id), paths: pathsOf(members) },
    },
  )
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

function pathsOf(revisions: readonly Revision[]): readonly string[] {
  return revisions.flatMap(({ path }) => (path === null ? [] : [path]))
}
