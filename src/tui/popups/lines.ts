/** Popups as lines: a frame with the question, and how it is answered. */
import { shownScreen } from '../bindings.js'
import { lossCommand } from '../commands-like.js'
import { fieldLine } from '../draw/field-line.js'
import type { Part } from '../draw/line.js'
import { fitLine, piece, wrapParts } from '../draw/line.js'
import type { Place } from '../draw/overlay.js'
import { placeFor, wrapped } from '../draw/overlay.js'
import { paneLines } from '../draw/pane.js'
import { clamp } from '../draw/scroll.js'
import { uiTheme } from '../draw/theme.js'
import type { View } from '../draw/view.js'
import { agoText } from '../draw/words.js'
import { failureLines } from '../screens/tree/detail-lines.js'
import type { AppState } from '../state.js'
import { helpLines } from './help-lines.js'
import type { Popup } from './popup.js'
import { fileToMend } from './popup.js'
import { renameBody } from './rename.js'

type Line = readonly Part[]

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
  const width = Math.min(TEXT_WIDTH, app.size.columns - 4)
  const body = bodyOf(view, popup, width)
  const longest = popup.kind === 'viewer' || popup.kind === 'help' ? width : widest(popup, width)
  const place = placeFor(app.size, { width: longest, height: body.length })
  const room = place.height - 2
  const top = isText(popup) ? clamp(popup.top, 0, Math.max(0, body.length - room)) : 0
  const inner = place.width - 2
  const shown = body.slice(top, top + room).map((line) => fitLine([' ', ...line], inner))
  const more = body.length - top - room
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
        foot: `${more > 0 ? `${more} more · ` : ''}${footOf(app, popup)}`,
        lines: shown,
        isActive: true,
        width: place.width,
        height: place.height,
      },
      theme,
    ),
  }
}

/** How long the text of a popup is, and how much of it is seen. */
export function popupTextLength(
  app: AppState,
  popup: Popup,
): { readonly length: number; readonly page: number } {
  const width = Math.min(TEXT_WIDTH, app.size.columns - 4)
  const theme = uiTheme({ colour: false, unicode: true })
  const { length } = bodyOf({ app, theme }, popup, width)
  return { length, page: Math.min(app.size.rows, length + 2) - 2 }
}

function isText(popup: Popup): popup is Extract<Popup, { readonly top: number }> {
  return popup.kind === 'help' || popup.kind === 'viewer' || popup.kind === 'failure'
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

function bodyOf(view: View, popup: Popup, width: number): readonly Line[] {
  const { app, theme } = view
  const room = width - 2
  const text = (texts: readonly string[]): readonly Line[] =>
    texts.flatMap((one) => wrapped(one, room).map((line): Line => [line]))
  const same = (command: string | null): readonly Line[] =>
    command === null
      ? []
      : [[], ...wrapParts([piece('Same as:  ', theme.faint), piece(command, theme.name)], room, 10)]
  switch (popup.kind) {
    case 'help':
      return helpLines(view, room)
    case 'viewer':
      return text(popup.lines)
    case 'failure':
      return failureLines(popup.failure, room, theme)
    case 'choice':
      return [
        ...text(popup.text),
        ...(popup.text.length > 0 ? [[]] : []),
        ...popup.choices.map((choice, index): Line => {
          const isSelected = index === popup.selected
          const label = `${isSelected ? theme.signs.marker : ' '} ${choice.key.padEnd(2)} ${choice.label}`
          return [
            piece(label, isSelected ? theme.inverse : null),
            ...(choice.detail === '' ? [] : [piece(`  ${choice.detail}`, theme.faint)]),
          ]
        }),
        ...same(popup.command),
      ]
    case 'field':
      return [
        ...text(popup.text),
        [],
        fieldLine(popup.field, { label: '> ', width: room }, theme),
        ...same(popup.command),
      ]
    case 'loss':
      return [
        ...text([
          `${popup.asks.message}${popup.asks.rows === null ? '' : `, counted ${agoText(app.now - popup.openedAt)}`}.`,
        ]),
        [],
        ...wrapParts(['Type  ', piece(popup.asks.object, theme.strong), '  to go on:'], room, 6),
        fieldLine(popup.field, { label: '> ', width: room }, theme),
        ...same(lossCommand(app)),
      ]
    case 'rename':
      return renameBody(view, popup, room)
  }
}
