/** A text field as parts of a line, with its cursor. */
import type { TextField } from '../text-field.js'
import { fieldParts } from '../text-field.js'
import { widthOf } from '../../present/text-width.js'
import type { Part } from './line.js'
import { piece } from './line.js'
import type { UiTheme } from './theme.js'

/** The label and what is typed; the letter under the cursor is inverse. */
export function fieldLine(
  field: TextField,
  { label, width }: { readonly label: string; readonly width: number },
  theme: UiTheme,
): readonly Part[] {
  const room = Math.max(4, width - widthOf(label) - 1)
  const { before, under, after } = fieldParts(field, room)
  return [piece(label, theme.strong), before, piece(under, theme.inverse), after]
}
