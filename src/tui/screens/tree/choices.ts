/** What the tree asks before it copies, merges, stamps or goes to another database. */
import { asking } from '../../call.js'
import { commandLike } from '../../commands-like.js'
import type { Step } from '../../messages.js'
import type { Choice, FieldPurpose } from '../../popups/popup.js'
import type { AppState } from '../../state.js'
import { logged, withPopup } from '../../changed.js'
import { textField } from '../../text-field.js'
import { databaseNames } from './keys.js'
import { selectedRevision } from './rows.js'

/** What can be copied of the selected revision. */
export function copyChoices(app: AppState): Step {
  const revision = selectedRevision(app)
  if (revision === null) return [app, []]
  const id = revision.revision
  const effect = app.tree.effects.get(id)?.value ?? null
  const choice = (key: string, label: string, text: string, what: string): Choice => ({
    key,
    label,
    detail: text.split('\n')[0] ?? '',
    does: { kind: 'copy', text, what },
  })
  const choices = [
    choice('i', 'the id', id, 'The id'),
    ...(revision.path === null ? [] : [choice('p', 'the path', revision.path, 'The path')]),
    ...(effect === null || effect.up.statements.length === 0
      ? []
      : [choice('s', 'the SQL', `${effect.up.statements.join(';\n')};`, 'The SQL')]),
    choice(
      'c',
      'the command line',
      commandLike(app, revision.applied ? 'downgrade' : 'upgrade', id),
      'The command line',
    ),
  ]
  return [
    chosenFrom(app, {
      title: `Copy from ${id}`,
      text: [],
      choices,
      takesEnter: true,
      command: null,
    }),
    [],
  ]
}

/** Asks for the message of a merge of all heads. */
export function mergeChoices(app: AppState): Step {
  const heads = app.overview.value?.heads ?? []
  return [
    withPopup(app, {
      kind: 'field',
      title: `Merge ${heads.length} heads`,
      text: [
        `A merge revision follows ${heads.join(' and ')}, and changes nothing itself.`,
        'Its message:',
      ],
      field: textField('merge heads'),
      purpose: { kind: 'merge' },
      command: commandLike(app, 'merge', '-m', '…'),
    }),
    [],
  ]
}

/** Asks whether the history is to say that the database is at the selected revision. */
export function stampChoices(app: AppState): Step {
  const revision = selectedRevision(app)
  const document = app.overview.value
  if (revision === null || document === null) return [app, []]
  const id = revision.revision
  return [
    chosenFrom(
      app,
      {
        title: `Stamp ${id}?`,
        text: [
          `The history of ${document.database.described} will say that ${id} and all that it follows are applied, and nothing that comes after it.`,
          'No script runs and no table changes. If the tables are not what those revisions make, later upgrades fail or do harm.',
        ],
        choices: [
          { key: 'y', label: 'yes, stamp it', detail: '', does: { kind: 'stamp', revision: id } },
          { key: 'n', label: 'no', detail: '', does: { kind: 'nothing' } },
        ],
        takesEnter: false,
        command: commandLike(app, 'stamp', id),
      },
      1,
    ),
    [],
  ]
}

/** The databases of the configuration; none of them is shown where none was chosen. */
export function databasesChoices(app: AppState): AppState {
  const names = databaseNames(app)
  const shown = app.overview.value?.database.name ?? null
  const choices = names.map((name, index) => ({
    key: index < 9 ? String(index + 1) : '',
    label: name,
    detail: name === shown ? 'shown now' : '',
    does: { kind: 'database', name } as const,
  }))
  const selected = shown === null ? 0 : Math.max(0, names.indexOf(shown))
  const { value, failure } = app.overview
  const text = value === null && failure !== null ? [failure.message] : []
  const popup = { title: 'Databases', text, choices, takesEnter: true, command: null }
  return chosenFrom(app, popup, selected)
}

interface Choosing {
  readonly title: string
  readonly text: readonly string[]
  readonly choices: readonly Choice[]
  readonly takesEnter: boolean
  readonly command: string | null
}

/** The state with a list of choices over it. */
export function chosenFrom(app: AppState, choosing: Choosing, selected = 0): AppState {
  return withPopup(app, { kind: 'choice', ...choosing, selected })
}

/** The state after the text for a new revision, or a merge, was typed. */
export function writeTyped(
  app: AppState,
  purpose: Extract<FieldPurpose, { readonly kind: 'newRevision' | 'merge' }>,
  text: string,
): Step {
  const next = logged(app, {
    tone: 'plain',
    text: purpose.kind === 'merge' ? `Merging the heads: ${text}` : `Writing the revision ${text}`,
    lines: [],
    // It comes with the file that is written.
    command: null,
  })
  if (purpose.kind === 'newRevision') {
    return asking(next, 'written', 'revision', { message: text, head: purpose.head })
  }
  return asking(next, 'written', 'merge', {
    revisions: ['heads'],
    message: text,
    branchLabel: null,
    revId: null,
    splice: false,
  })
}
