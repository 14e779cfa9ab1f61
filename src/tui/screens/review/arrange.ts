/** Which changes go in, into which revision, and in which order. */
import { comparedDocument } from '../../comparison.js'
import type { AppState } from '../../state.js'
import { settled } from './places.js'
import { orderedChanges, reviewRows, selectedChange, selectedIndex } from './rows.js'
import type { ReviewScreen } from './state.js'

/** The review with the row at a place selected. */
export function selecting(app: AppState, screen: ReviewScreen, place: number): ReviewScreen {
  const selected = reviewRows(app, screen)[place]?.key ?? null
  const moved = { ...screen, selected, place }
  return settled(app, selected === screen.selected ? moved : { ...moved, detailTop: 0 })
}

/** The selected change left out or taken in, or put into the second revision and back. */
export function toggled(
  app: AppState,
  screen: ReviewScreen,
  what: 'leftOut' | 'second',
): ReviewScreen {
  const change = selectedChange(app, screen)
  if (change === null) return screen
  const ids = new Set(screen[what])
  if (!ids.delete(change.id)) ids.add(change.id)
  return { ...screen, selected: change.id, [what]: ids }
}

/** The selected change run one place earlier or later. */
export function reordered(app: AppState, screen: ReviewScreen, by: -1 | 1): ReviewScreen {
  const document = comparedDocument(app)
  const change = selectedChange(app, screen)
  if (document === null || change === null) return screen
  const order = orderedChanges(document, screen).map(({ id }) => id)
  const from = order.indexOf(change.id)
  const to = from + by
  if (to < 0 || to >= order.length) return screen
  const moved = order.toSpliced(from, 1).toSpliced(to, 0, change.id)
  const place = selectedIndex(app, screen) + by
  return settled(app, { ...screen, order: moved, selected: change.id, place })
}
