/** Popups as lines: a frame with the question, and how it is answered. */
import { shownScreen } from '../bindings.js'
import { grouped, widthOf } from '../../present/text-width.js'
import { fitLine, piece } from '../draw/line.js'
import type { Place } from '../draw/overlay.js'
import { placeFor } from '../draw/overlay.js'
import { paneLines } from '../draw/pane.js'
import { clamp } from '../draw/scroll.js'
import { uiTheme } from '../draw/theme.js'
import type { View } from '../draw/view.js'
import type { AppState } from '../state.js'
import type { Popup, PopupBody } from './popup.js'
import { fileToMend, isText } from './popup.js'
import { popupBody } from './popup-body.js'

/** A popup with its place on the screen. */
export interface PlacedPopup {
  readonly place: Place
  /** `place.height` lines of `place.width` columns. */
  readonly lines: readonly string[]
}

/** Columns of text in a popup, where the screen has them. */
const TEXT_WIDTH = 92

/** The popup as it is drawn over the screen. */
export function placedPopup(view: View, popup: Popup): PlacedPopup {
  const { app, theme } = view
  const width = widthFor(app)
  const body = popupBody(view, popup, width)
  const longest = popup.kind === 'viewer' || popup.kind === 'help' ? width : widest(popup, width)
  const place = placeFor(app.size, { width: longest, height: body.lines.length })
  const room = place.height - 2
  const top = topOf(popup, body, room)
  const inner = place.width - 2
  const shown = body.lines.slice(top, top + room).map((line) => fitLine([' ', ...line], inner))
  const more = moreText(popup, { top, below: body.lines.length - top - room })
  return {
    place,
    lines: paneLines(
      {
        title: [
          piece(
            titleOf(view, popup),
            popup.kind === 'loss' || popup.kind === 'failure' ? theme.bad : theme.strong,
          ),
        ],
        foot: footText(more, footOf(app, popup), inner - 3),
        lines: shown,
        isActive: true,
        width: place.width,
        height: place.height,
      },
      theme,
    ),
  }
}

/** How long the text of a popup is, how much of it is seen, and from which line on. */
export function popupText(
  app: AppState,
  popup: Popup,
): { readonly length: number; readonly page: number; readonly top: number } {
  const theme = uiTheme({ colour: false, unicode: true })
  const body = popupBody({ app, theme }, popup, widthFor(app))
  const { length } = body.lines
  const page = Math.min(app.size.rows, length + 2) - 2
  return { length, page, top: topOf(popup, body, page) }
}

function widthFor({ size }: AppState): number {
  return Math.min(TEXT_WIDTH, size.columns - 4)
}

/** Where a person scrolled to; until then a question is scrolled no further than its answer needs. */
function topOf(popup: Popup, { lines, seen }: PopupBody, room: number): number {
  const last = Math.max(0, lines.length - room)
  if (isText(popup)) return clamp(popup.top, 0, last)
  if (popup.scrolled != null) return clamp(popup.scrolled, 0, last)
  if (seen === null) return 0
  return clamp(Math.min(seen.from, Math.max(0, seen.to - room)), 0, last)
}

/** What is not seen, and in a question the key that shows it: the others answer. */
function moreText(
  popup: Popup,
  { top, below }: { readonly top: number; readonly below: number },
): string {
  if (isText(popup)) return below > 0 ? `${grouped(below)} more` : ''
  if (below > 0 && top > 0) return 'PgUp PgDn'
  if (below > 0) return `${grouped(below)} more, PgDn`
  return top > 0 ? `${grouped(top)} above, PgUp` : ''
}

/** Short questions get a small frame. */
function widest(popup: Popup, width: number): number {
  return popup.kind === 'choice' &&
    popup.text.length === 0 &&
    popup.choices.every(({ detail }) => detail === '')
    ? Math.min(width, 50)
    : width
}

function titleOf({ app }: View, popup: Popup): string {
  switch (popup.kind) {
    case 'help':
      return `Keys of the ${SCREEN_WORDS[shownScreen(app)]}`
    case 'choice':
    case 'field':
    case 'viewer':
      return popup.title
    case 'loss':
      return 'This cannot be undone'
    case 'rename':
      return `Question ${popup.asked + 1} of ${popup.asked + popup.open}`
    case 'failure':
      return 'That did not work'
  }
}

/** What is not seen before the keys; where both have no room, the way out is named before the rest. */
function footText(more: string, keys: string, room: number): string {
  if (more === '') return keys
  const text = `${more} · ${keys}`
  return widthOf(text) <= room ? text : `${more} · ${keys.split('  ').at(-1) ?? ''}`
}

const SCREEN_WORDS: Readonly<Record<ReturnType<typeof shownScreen>, string>> = {
  tree: 'revision tree',
  diff: 'diff',
  review: 'review',
  plan: 'plan',
  output: 'output',
  log: 'log',
}

function footOf(app: AppState, popup: Popup): string {
  switch (popup.kind) {
    case 'help':
      return 'esc close'
    case 'viewer':
      return 'y copy  esc close'
    case 'failure':
      return fileToMend(app.start, popup) === null
        ? 'y copy  esc close'
        : 'e edit  y copy  esc close'
    case 'choice':
      return popup.takesEnter ? 'enter take  esc back' : 'press the letter  esc back'
    case 'field':
      return 'enter go on  esc back'
    case 'loss':
      return 'enter when it matches  esc keep everything'
    case 'rename':
      return 'press the letter  v values  esc back'
  }
}
