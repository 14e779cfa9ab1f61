/** The review as a person drives it, in tests. */
import { reviewArrived, reviewAction, reviewMove } from '../../src/tui/screens/review/update.js'
import type { ReviewAction } from '../../src/tui/screens/review/keys.js'
import { REVIEW_KEYS } from '../../src/tui/screens/review/keys.js'
import { reviewScreenLines } from '../../src/tui/screens/review/lines.js'
import type { ReviewScreen } from '../../src/tui/screens/review/state.js'
import { reviewScreen } from '../../src/tui/screens/review/state.js'
import type { Binding } from '../../src/tui/keys/binding.js'
import type { Popup } from '../../src/tui/popups/popup.js'
import type { AppState } from '../../src/tui/state.js'
import { topPopup } from '../../src/tui/changed.js'
import type { ReviewDocument } from '../../src/workflows/screens/screen-documents.js'
import { reviewDocument } from './review-document.js'
import { appState, comparedWith, textOf, viewOf } from './tui.js'

export const open = (more: Partial<AppState> = {}): AppState => appState(more, reviewScreen())

export function screenOf(app: AppState): ReviewScreen {
  const screen = app.screens.at(-1)
  if (screen?.kind !== 'review') throw new Error('The review is not shown.')
  return screen
}

export function act(app: AppState, ...actions: readonly ReviewAction[]): AppState {
  return actions.reduce((next, action) => reviewAction(next, screenOf(next), action)[0], app)
}

/** Selects a change by its id, as a person would: down from the top. */
export function at(app: AppState, id: string): AppState {
  let next = reviewMove(app, screenOf(app), 'first')[0]
  for (let left = 20; screenOf(next).selected !== id; left -= 1) {
    if (left === 0) throw new Error(`${id} is not listed.`)
    next = reviewMove(next, screenOf(next), 'down')[0]
  }
  return next
}

export function linesOf(app: AppState): readonly string[] {
  return reviewScreenLines(viewOf(app), screenOf(app)).map(textOf)
}

export function why(app: AppState, action: ReviewAction): string | null {
  const binding: Binding | undefined = REVIEW_KEYS.find((one) => one.action === action)
  return binding?.unavailable?.(app) ?? null
}

export function popupOf<K extends Popup['kind']>(
  app: AppState,
  kind: K,
): Extract<Popup, { readonly kind: K }> {
  const popup = topPopup(app)
  if (popup?.kind !== kind) throw new Error(`There is no ${kind}.`)
  return popup as Extract<Popup, { readonly kind: K }>
}

export function arrived(app: AppState, more: Partial<ReviewDocument>): AppState {
  const next = comparedWith(app, more)
  const document = next.comparison.value ?? reviewDocument()
  return reviewArrived(next, screenOf(next), document)[0]
}
