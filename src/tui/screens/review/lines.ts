/** A review as lines: the changes, and the selected one beside or below them. */
import { counted, grouped } from '../../../present/text-width.js'
import type { ChangeDocument } from '../../../workflows/documents.js'
import type { ReviewDocument } from '../../../workflows/screens/screen-documents.js'
import { comparedDocument } from '../../comparison.js'
import { changeSign, changeStyle } from '../../draw/change-sign.js'
import type { Part } from '../../draw/line.js'
import { factsText, fitLine, piece, spreadLine } from '../../draw/line.js'
import { fitted } from '../../draw/overlay.js'
import { besideEachOther, paneLines } from '../../draw/pane.js'
import { placeText } from '../../draw/scroll.js'
import type { Style } from '../../draw/theme.js'
import type { View } from '../../draw/view.js'
import type { AppState } from '../../state.js'
import { idsText } from '../../draw/words.js'
import { nothingLines } from '../diff/nothing-lines.js'
import { reviewDetail } from './detail-lines.js'
import { reviewPlaces, settled } from './places.js'
import type { ReviewRow } from './rows.js'
import {
  fillFor,
  fillKey,
  isSplit,
  isTicked,
  orderedChanges,
  partsOf,
  reviewRows,
  selectedIndex,
} from './rows.js'
import type { ReviewScreen } from './state.js'

/** The body of a review: `bodyRows` lines of the whole width. */
export function reviewScreenLines(view: View, screen: ReviewScreen): readonly string[] {
  const { app } = view
  if (reviewRows(app, screen).length === 0) return nothingLines(view, 'New revision')
  const shown = settled(app, screen)
  const title = fitLine([piece(headText(view, shown), view.theme.strong)], app.size.columns)
  const list = listPane(view, shown)
  const detail = detailPane(view, shown)
  return reviewPlaces(app, shown).isWide
    ? [title, ...besideEachOther([list, detail])]
    : [title, ...list, ...detail]
}

/** What is written, with as many facts as there is room for. */
function headText({ app }: View, screen: ReviewScreen): string {
  const document = comparedDocument(app)
  if (document === null) return ''
  const { heads } = document.compared
  const parts = partsOf(document, screen)
  const after = heads.length === 0 ? 'the first' : `after ${idsText(heads)}`
  const word = parts.length > 1 ? `${parts.length} NEW REVISIONS` : 'NEW REVISION'
  return factsText(` ${word}  ${after}   `, factsOf(app, document, screen), app.size.columns)
}

/** The most important first. */
function factsOf(app: AppState, document: ReviewDocument, screen: ReviewScreen): readonly string[] {
  const all = orderedChanges(document, screen)
  const ticked = all.filter(({ id }) => isTicked(screen, id))
  const losing = ticked.filter(({ destructive }) => destructive).length
  const parts = partsOf(document, screen)
  const open = document.renames.length
  return [
    parts.length > 1
      ? `${parts.map(({ changes }) => grouped(changes.length)).join(' and ')} changes`
      : ticked.length === all.length
        ? counted(all.length, 'change')
        : `${grouped(ticked.length)} of ${counted(all.length, 'change')}`,
    ...whatFirst(app),
    losing === 0 ? 'none loses data' : `${grouped(losing)} ${losing === 1 ? 'loses' : 'lose'} data`,
    ...(open === 0 ? [] : [counted(open, 'question')]),
    ...(ticked.length < all.length ? [`${grouped(all.length - ticked.length)} left out`] : []),
    'nothing is written yet',
  ]
}

/** What stands in the way of writing, whatever is ticked. */
function whatFirst({ overview }: AppState): readonly string[] {
  if ((overview.value?.pending ?? 0) > 0) return ['upgrade first']
  return (overview.value?.heads.length ?? 0) > 1 ? ['merge first'] : []
}

function listPane(view: View, screen: ReviewScreen): readonly string[] {
  const { app, theme } = view
  const { list, listRows } = reviewPlaces(app, screen)
  const rows = reviewRows(app, screen)
  const selected = selectedIndex(app, screen)
  const document = comparedDocument(app)
  const isTwo = document !== null && isSplit(document, screen)
  const lines = rows.slice(screen.top, screen.top + listRows).map((row, index) => {
    const isSelected = screen.top + index === selected
    const line = rowLine(view, screen, { row, isSelected, isTwo, width: list.width - 2 })
    if (!isSelected) return line
    return screen.focus === 'changes' ? theme.inverse(line) : theme.strong(line)
  })
  return paneLines(
    {
      title: [`Changes ${placeText(selected, rows.length)}`],
      foot: app.comparison.isLoading ? 'comparing …' : '',
      lines,
      isActive: screen.focus === 'changes',
      ...list,
    },
    theme,
  )
}

function detailPane(view: View, screen: ReviewScreen): readonly string[] {
  const { app, theme } = view
  const { detail, detailRows } = reviewPlaces(app, screen)
  const all = reviewDetail(view, screen, detail.width - 2)
  const below = all.length - screen.detailTop - detailRows
  return paneLines(
    {
      title: [screen.showsDown ? 'Change, way back' : 'Change'],
      foot: below > 0 ? `${grouped(below)} more` : '',
      lines: fitted(all.slice(screen.detailTop, screen.detailTop + detailRows), detail.width - 2),
      isActive: screen.focus === 'detail',
      ...detail,
    },
    theme,
  )
}

interface Drawing {
  readonly row: ReviewRow
  readonly isSelected: boolean
  /** Whether the changes go into two revisions. */
  readonly isTwo: boolean
  readonly width: number
}

function rowLine(
  view: View,
  screen: ReviewScreen,
  { row, isSelected, isTwo, width }: Drawing,
): string {
  const { theme } = view
  const { signs } = theme
  const marker = isSelected ? signs.marker : ' '
  const style = (one: Style | null): Style | null => (isSelected ? null : one)
  if (row.kind === 'question') {
    const { from, to } = row.question
    return spreadLine(
      [marker, piece(` ${signs.question}  `, style(theme.warn)), `${from} ${signs.arrow} ${to}`],
      [piece(screen.skipped.has(row.question.flag) ? 'put off' : 'renamed?', style(theme.warn))],
      width,
    )
  }
  const { change } = row
  const isIn = isTicked(screen, change.id)
  const part = !isTwo ? '' : isIn ? (screen.second.has(change.id) ? '2 ' : '1 ') : '  '
  const left: readonly Part[] = [
    marker,
    piece(`${isIn ? signs.ticked : signs.unticked} `, style(isIn ? null : theme.faint)),
    piece(part, style(theme.note)),
    piece(`${changeSign(change, theme)} `, style(isIn ? changeStyle(change, theme) : theme.faint)),
    piece(change.summary, style(isIn ? null : theme.faint)),
  ]
  return spreadLine(left, riskParts(view, screen, { change, isIn, isSelected }), width)
}

function riskParts(
  { app, theme }: View,
  screen: ReviewScreen,
  {
    change,
    isIn,
    isSelected,
  }: { readonly change: ChangeDocument; readonly isIn: boolean; readonly isSelected: boolean },
): readonly Part[] {
  const style = (one: Style): Style | null => (isSelected ? null : one)
  if (!isIn) return [piece('left out', style(theme.faint))]
  if (change.destructive) return [piece('LOSES DATA', style(theme.bad))]
  const fill = fillFor(comparedDocument(app), change)
  if (fill !== null && screen.fills.get(fillKey(fill)) == null) {
    return [piece(`${grouped(fill.rows)} to fill`, style(theme.warn))]
  }
  const rows =
    change.hazards.find((hazard) => hazard.rows !== null && hazard.rows > 0)?.rows ?? null
  if (rows !== null && fill === null) return [piece(counted(rows, 'row'), style(theme.warn))]
  return []
}
