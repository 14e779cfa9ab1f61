/** The text of a popup, and the part of it that is to be seen. */
import { cleanLine } from '../../present/clean.js'
import { widthOf } from '../../present/text-width.js'
import { lossCommand } from '../commands-like.js'
import { fieldLine } from '../draw/field-line.js'
import type { Part } from '../draw/line.js'
import { piece, wrapParts } from '../draw/line.js'
import { wrapped } from '../draw/overlay.js'
import type { UiTheme } from '../draw/theme.js'
import type { View } from '../draw/view.js'
import { agoText } from '../draw/words.js'
import { failureLines } from '../screens/tree/detail-lines.js'
import { helpLines } from './help-lines.js'
import type { Choice, Popup, PopupBody } from './popup.js'
import { renameBody } from './rename-body.js'

type Line = readonly Part[]

/** The body in `width` columns. */
export function popupBody(view: View, popup: Popup, width: number): PopupBody {
  const { theme } = view
  const room = width - 2
  const text = (texts: readonly string[]): readonly Line[] =>
    texts.flatMap((one) => wrapped(one, room).map((line): Line => [line]))
  switch (popup.kind) {
    case 'help':
      return { lines: helpLines(view, room), seen: null }
    case 'viewer':
      return { lines: text(popup.lines), seen: null }
    case 'failure':
      return { lines: failureLines(popup.failure, room, theme), seen: null }
    case 'choice': {
      const above = [...text(popup.text), ...(popup.text.length > 0 ? [[]] : [])]
      const choices = popup.choices.map((choice, index) =>
        choiceLines(choice, { theme, width: room, isSelected: index === popup.selected }),
      )
      const from = above.length + choices.slice(0, popup.selected).flat().length
      return {
        lines: [...above, ...choices.flat(), ...sameLines(popup.command, room, theme)],
        seen: { from, to: from + (choices[popup.selected]?.length ?? 0) },
      }
    }
    case 'field':
      return withField([...text(popup.text), []], popup, { view, room, command: popup.command })
    case 'loss': {
      const counted = agoText(view.app.now - popup.openedAt)
      const said = popup.asks.rows === null ? '' : `, counted ${counted}`
      const above = [
        ...text([`${sentence(popup.asks.message)}${said}.`]),
        [],
        ...wrapParts(['Type  ', piece(popup.asks.object, theme.strong), '  to go on:'], room, 6),
      ]
      return withField(above, popup, { view, room, command: lossCommand(view.app) })
    }
    case 'rename':
      return renameBody(view, popup, room)
  }
}

/** What is told as part of a list elsewhere, as a sentence begins. */
function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

interface Around {
  readonly view: View
  readonly room: number
  readonly command: string | null
}

function withField(
  above: readonly Line[],
  { field }: Extract<Popup, { readonly kind: 'field' | 'loss' }>,
  { view: { theme }, room, command }: Around,
): PopupBody {
  return {
    lines: [
      ...above,
      fieldLine(field, { label: '> ', width: room }, theme),
      ...sameLines(command, room, theme),
    ],
    seen: { from: above.length, to: above.length + 1 },
  }
}

/** The command that would do the same, below an empty line; nothing where there is none. */
function sameLines(command: string | null, room: number, theme: UiTheme): readonly Line[] {
  if (command === null) return []
  const label = 'Same as:  '
  return [
    [],
    ...wrapped(cleanLine(command), room - label.length).map((line, index): Line => [
      piece(index === 0 ? label : ' '.repeat(label.length), theme.faint),
      piece(line, theme.name),
    ]),
  ]
}

/** On one line where that has room; else what follows from it stands below. */
function choiceLines(
  { key, label, detail }: Choice,
  {
    theme,
    width,
    isSelected,
  }: { readonly theme: UiTheme; readonly width: number; readonly isSelected: boolean },
): readonly Line[] {
  const lead = `${isSelected ? theme.signs.marker : ' '} ${key.padEnd(2)} `
  const indent = ' '.repeat(lead.length)
  const style = isSelected ? theme.inverse : null
  const [clean, says] = [cleanLine(label), cleanLine(detail)]
  const isOneLine = lead.length + widthOf(clean) + 2 + widthOf(says) <= width
  const labels = wrapped(clean, width - lead.length)
  return [
    ...labels.map((line, index): Line => [
      piece(`${index === 0 ? lead : indent}${line}`, style),
      ...(isOneLine && says !== '' ? [piece(`  ${says}`, theme.faint)] : []),
    ]),
    ...(isOneLine || says === ''
      ? []
      : wrapped(says, width - lead.length).map((line): Line => [
          piece(`${indent}${line}`, theme.faint),
        ])),
  ]
}
