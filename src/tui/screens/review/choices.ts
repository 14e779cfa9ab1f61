/** The lists of a review: which rename a change is, and what can be copied. */
import { counted } from '../../../present/text-width.js'
import type { ChangeDocument } from '../../../workflows/documents.js'
import type { RenameAnswer } from '../../../workflows/options.js'
import { askComparisonAgain, comparedDocument } from '../../comparison.js'
import type { Step } from '../../messages.js'
import type { Choice } from '../../popups/popup.js'
import { rowsLost, sidesOf, withApart } from '../../renames.js'
import type { AppState } from '../../state.js'
import { noticed } from '../../changed.js'
import { chosenFrom } from '../tree/choices.js'
import { isCommandEqual, reviewCommand } from './command.js'
import { isTicked, orderedChanges, selectedChange } from './rows.js'
import type { ReviewScreen } from './state.js'
import { renameBehind, renameTargets } from './targets.js'

/** A rename is taken apart; for a drop or an add it is asked what it is a rename of. */
export function markRename(app: AppState, change: ChangeDocument): Step {
  const document = comparedDocument(app)
  if (document === null) return [app, []]
  const made = renameBehind(app, change)
  if (made !== null) {
    const said = noticed(app, `${oldName(made)} and ${made.to} are two again: t joins them.`)
    return askComparisonAgain({ ...said, answers: withApart(app.answers, made) })
  }
  const choices = renameTargets(document, change).map((pair, index): Choice => {
    const rows = rowsLost(sidesOf(pair, document).drop)
    return {
      key: index < 9 ? String(index + 1) : '',
      label: `${oldName(pair)} to ${pair.to}`,
      detail: rows === null ? '' : `keeps ${counted(rows, 'value')}`,
      does: { kind: 'rename', ...pair },
    }
  })
  const text = ['A rename keeps what is in it, where a drop and an add lose it.']
  const popup = { title: 'Which rename is it?', text, choices, takesEnter: true, command: null }
  return [chosenFrom(app, popup), []]
}

/** The state with what can be copied over it. */
export function copyFrom(app: AppState, screen: ReviewScreen): AppState {
  const document = comparedDocument(app)
  const change = selectedChange(app, screen)
  const command = reviewCommand(app, screen)
  const ticked = (document === null ? [] : orderedChanges(document, screen)).filter(({ id }) =>
    isTicked(screen, id),
  )
  const choice = (key: string, what: string, text: string, detail = ''): Choice => ({
    key,
    label: `the ${what}`,
    detail,
    does: { kind: 'copy', text, what: `The ${what}` },
  })
  const note = isCommandEqual(screen)
    ? command
    : 'writes every change in one revision: it cannot leave out, move or split'
  return chosenFrom(app, {
    title: 'Copy',
    text: [],
    choices: [
      choice('c', 'command line', command, note),
      ...(change === null
        ? []
        : [choice('s', 'SQL of this change', sqlOf(screen.showsDown ? change.down : change.up))]),
      choice('a', 'SQL of all ticked changes', sqlOf(ticked.flatMap(({ up }) => up))),
    ],
    takesEnter: true,
    command: null,
  })
}

function oldName({ table, column }: RenameAnswer): string {
  return column === null ? table : `${table}.${column}`
}

function sqlOf(statements: readonly string[]): string {
  return statements.map((sql) => `${sql};`).join('\n')
}
