/** How the review is divided, and which of its rows are seen. */
import { clamp, scrolledTop } from '../../draw/scroll.js'
import { layoutOf } from '../../layout.js'
import type { AppState } from '../../state.js'
import { reviewRows, selectedIndex } from './rows.js'
import type { ReviewScreen } from './state.js'

export interface ReviewPlaces {
  readonly isWide: boolean
  /** With their frames; below each other where there is no room beside. */
  readonly list: { readonly width: number; readonly height: number }
  readonly detail: { readonly width: number; readonly height: number }
  /** Rows of either that are seen. */
  readonly listRows: number
  readonly detailRows: number
}

/** The division below the line that says what is written. */
export function reviewPlaces(app: AppState, screen: ReviewScreen): ReviewPlaces {
  const { isWide, bodyRows } = layoutOf(app)
  const { columns } = app.size
  const height = bodyRows - 1
  if (isWide) {
    const width = Math.floor(columns * 0.52)
    return placesOf(isWide, { width, height }, { width: columns - width, height })
  }
  const most = Math.max(4, Math.floor(height * 0.5))
  const upper = clamp(reviewRows(app, screen).length + 2, 4, most)
  return placesOf(
    isWide,
    { width: columns, height: upper },
    { width: columns, height: height - upper },
  )
}

/** The review scrolled so that the selection is seen, and its place noted. */
export function settled(app: AppState, screen: ReviewScreen): ReviewScreen {
  const { listRows } = reviewPlaces(app, screen)
  const place = selectedIndex(app, screen)
  const count = reviewRows(app, screen).length
  return { ...screen, place, top: scrolledTop(screen.top, place, { height: listRows, count }) }
}

function placesOf(
  isWide: boolean,
  list: ReviewPlaces['list'],
  detail: ReviewPlaces['detail'],
): ReviewPlaces {
  return {
    isWide,
    list,
    detail,
    listRows: Math.max(1, list.height - 2),
    detailRows: Math.max(1, detail.height - 2),
  }
}
