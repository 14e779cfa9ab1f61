/** What answers make of a review: of the host, and of the person to a rename question. */
import type { ReviewDocument } from '../../../workflows/screens/screen-documents.js'
import { askComparisonAgain, comparedDocument } from '../../comparison.js'
import type { Step } from '../../messages.js'
import { askRename } from '../../popups/ask-rename.js'
import { answerTo, sidesOf, withApart, withRename } from '../../renames.js'
import type { AppState } from '../../state.js'
import { topPopup, topScreen, withScreen, withTopPopup } from '../../changed.js'
import { settled } from './places.js'
import { fillKey, orderKept } from './rows.js'
import type { ReviewScreen } from './state.js'

/** A comparison that has arrived: what the person chose stays, the next open question opens. */
export function reviewArrived(app: AppState, screen: ReviewScreen, document: ReviewDocument): Step {
  const ids = new Set(document.changes.map(({ id }) => id))
  const columns = new Set(document.fills.map(fillKey))
  const flags = new Set(document.renames.map(({ flag }) => flag))
  const kept: ReviewScreen = {
    ...screen,
    order: screen.order === null ? null : orderKept(screen.order, document),
    leftOut: new Set([...screen.leftOut].filter((id) => ids.has(id))),
    second: new Set([...screen.second].filter((id) => ids.has(id))),
    fills: new Map([...screen.fills].filter(([column]) => columns.has(column))),
    skipped: new Set([...screen.skipped].filter((flag) => flags.has(flag))),
  }
  // A question may be gone with the models or the database that it was about.
  const popups = app.popups.filter((popup) => popup.kind !== 'rename' || flags.has(popup.asks.flag))
  const next = withScreen({ ...app, popups }, settled(app, kept))
  return [popups.length > 0 ? next : askRename(next, kept), []]
}

/** The answer to the question that is shown; `skip` leaves both sides out of the revision. */
export function renameAnswered(app: AppState, isRename: boolean | 'skip'): Step {
  const popup = topPopup(app)
  if (popup?.kind !== 'rename') return [app, []]
  const pair = answerTo(popup.asks, comparedDocument(app))
  const closed = withTopPopup(app, null)
  const screen = topScreen(closed)
  if (isRename === 'skip') {
    return screen?.kind === 'review'
      ? [skipping(closed, screen, popup.asks.flag), []]
      : [closed, []]
  }
  const answers = (isRename ? withRename : withApart)(app.answers, pair)
  const counting =
    screen?.kind === 'review' ? withScreen(closed, { ...screen, asked: screen.asked + 1 }) : closed
  return askComparisonAgain({ ...counting, answers })
}

/** Closes the question that is shown and does not open it again by itself; both sides stay as they are. */
export function renamePutOff(app: AppState): Step {
  const popup = topPopup(app)
  if (popup?.kind !== 'rename') return [app, []]
  const closed = withTopPopup(app, null)
  const screen = topScreen(closed)
  if (screen?.kind !== 'review') return [closed, []]
  const skipped = new Set(screen.skipped).add(popup.asks.flag)
  return [withScreen(closed, { ...screen, skipped }), []]
}

function skipping(app: AppState, screen: ReviewScreen, flag: string): AppState {
  const document = comparedDocument(app)
  const question = document?.renames.find((one) => one.flag === flag)
  if (document === null || question === undefined) return app
  const { drop, add } = sidesOf(answerTo(question, document), document)
  const next: ReviewScreen = {
    ...screen,
    skipped: new Set(screen.skipped).add(flag),
    leftOut: new Set([...screen.leftOut, ...[drop, add].flatMap((change) => change?.id ?? [])]),
  }
  return askRename(withScreen(app, next), next)
}
