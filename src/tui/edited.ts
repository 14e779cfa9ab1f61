/** What an edit leads to: its script is read again, and the plan that it is part of is made again. */
import type { EditedDocument } from '../workflows/screens/screen-documents.js'
import { inTurn } from './call.js'
import { failuresOver, GRAPH, pathOf } from './failures-over.js'
import type { Step } from './messages.js'
import { askOverview } from './overview.js'
import { planAgain } from './screens/plan/update.js'
import { askDetail } from './screens/tree/update.js'
import type { AppState } from './state.js'
import { noticed, planAmong, withTree } from './changed.js'

/** The step after a script came back from the editor, and was read. */
export function editedArrived(app: AppState, document: EditedDocument): Step {
  const notes = document.notes.map(({ message }) => message).join(' ')
  const text = document.isChanged
    ? `${document.revision} was saved, and reads well. ${notes}`.trimEnd()
    : `${document.revision} was not changed.`
  // The editor's own failure is said with it: it may be why nothing was changed.
  const before = app.notice?.tone === 'bad' ? app.notice.text : null
  const tone = before !== null ? 'bad' : document.isChanged ? 'good' : 'plain'
  const well = failuresOver(stale(app), GRAPH, pathOf(app, document.revision))
  return inTurn(
    askOverview(noticed(well, before === null ? text : `${before} ${text}`, tone)),
    askDetail,
    (next) => {
      const screen = planAmong(next)
      return screen === null ? [next, []] : planAgain(next, screen)
    },
  )
}

/** Scripts and effects are read again: something wrote them. */
export function stale(app: AppState): AppState {
  return withTree(app, { scripts: new Map(), effects: new Map() })
}
