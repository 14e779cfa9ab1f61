/** The question before a revision is written: what goes in, after what, and what stays out. */
import { cleanLine } from '../../../present/clean.js'
import { counted, grouped } from '../../../present/text-width.js'
import type { ChangeDocument } from '../../../workflows/documents.js'
import type { ReviewDocument } from '../../../workflows/screens/screen-documents.js'
import { comparedDocument } from '../../comparison.js'
import { idsText } from '../../draw/words.js'
import type { AppState } from '../../state.js'
import { chosenFrom } from '../tree/choices.js'
import { isCommandEqual, reviewCommand } from './command.js'
import { isTicked, openFills, orderedChanges, partsOf } from './rows.js'
import type { ReviewScreen } from './state.js'

/** The names of changes that are listed in full. */
const LISTED = 4

/** The state with that question over it; only its letter says yes. */
export function askToWrite(app: AppState, screen: ReviewScreen): AppState {
  const document = comparedDocument(app)
  if (document === null) return app
  const parts = partsOf(document, screen)
  return chosenFrom(
    app,
    {
      title: parts.length > 1 ? `Write ${parts.length} revisions?` : 'Write a revision?',
      text: summaryOf(document, screen),
      choices: [
        {
          key: 'y',
          label: parts.length > 1 ? 'yes, write them' : 'yes, write it',
          detail: `${parts.length > 1 ? 'scripts' : 'a script'} in your project; the database stays as it is`,
          does: { kind: 'write' },
        },
        { key: 'n', label: 'not yet', detail: '', does: { kind: 'nothing' } },
      ],
      takesEnter: false,
      command: isCommandEqual(screen) ? reviewCommand(app, screen) : null,
    },
    1,
  )
}

function summaryOf(document: ReviewDocument, screen: ReviewScreen): readonly string[] {
  const all = orderedChanges(document, screen)
  const ticked = all.filter(({ id }) => isTicked(screen, id))
  const out = all.filter(({ id }) => !isTicked(screen, id))
  const { heads } = document.compared
  const after = heads.length === 0 ? 'as the first revision' : `after ${idsText(heads)}`
  const parts = partsOf(document, screen)
  const fills = openFills(document, screen).length
  return [
    ...parts.map(({ message, changes }, index) => {
      const place = index === 0 ? after : 'after that one'
      const words = message === null ? 'with a message taken from the changes' : `"${message}"`
      return `${counted(changes.length, 'change')} ${place}, ${words}.`
    }),
    ...lossText(ticked),
    ...(out.length === 0
      ? []
      : [`Left out, and found again by the next comparison: ${listed(out)}.`]),
    ...(document.renames.length === 0
      ? []
      : [
          `${counted(document.renames.length, 'rename question')} ${document.renames.length === 1 ? 'is' : 'are'} open: as drop and add, where they are ticked.`,
        ]),
    ...(fills === 0
      ? []
      : [
          `${counted(fills, 'new column')} ${fills === 1 ? 'needs a value' : 'need values'} for the rows that exist: asked for next.`,
        ]),
    ...(document.failures.length === 0
      ? []
      : [
          `${counted(document.failures.length, 'model')} could not be read, so nothing is dropped.`,
        ]),
  ]
}

function lossText(ticked: readonly ChangeDocument[]): readonly string[] {
  const losing = ticked.filter(({ destructive }) => destructive)
  if (losing.length === 0) return ['None of them loses data.']
  return [
    `${grouped(losing.length)} of them ${losing.length === 1 ? 'loses' : 'lose'} data when the revision is applied, not now: ${listed(losing)}.`,
  ]
}

function listed(changes: readonly ChangeDocument[]): string {
  const names = changes.slice(0, LISTED).map(({ summary }) => cleanLine(summary))
  const more = changes.length - names.length
  return [...names, ...(more > 0 ? [`${grouped(more)} more`] : [])].join('; ')
}
