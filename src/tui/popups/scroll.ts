/** Scrolling a question that the screen is too small for. */
import { movedTo } from '../keys/everywhere.js'
import type { AppState } from '../state.js'
import { withTopPopup } from '../changed.js'
import { popupText } from './lines.js'
import type { QuestionPopup } from './popup.js'

/** The state with a question scrolled by a page; null where no text of it is hidden. */
export function scrolledBy(app: AppState, popup: QuestionPopup, key: string): AppState | null {
  if (key !== 'pageUp' && key !== 'pageDown') return null
  const { length, page, top } = popupText(app, popup)
  if (length <= page) return null
  const scrolled = movedTo(key, top, { count: length - page + 1, page })
  return withTopPopup(app, { ...popup, scrolled })
}
