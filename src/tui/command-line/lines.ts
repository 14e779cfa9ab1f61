/** The command line as the last line of the screen, with what may follow above it. */
import { widthOf } from '../../present/text-width.js'
import { fieldLine } from '../draw/field-line.js'
import { fitLine, piece } from '../draw/line.js'
import type { View } from '../draw/view.js'
import type { CommandField } from '../state.js'
import { completionsFor } from './completion.js'

/** How many completions are shown at most. */
const SHOWN = 8

/** Lines over the body: what may follow. */
export function completionLines({ app, theme }: View, command: CommandField): readonly string[] {
  const { words } = completionsFor(app, command.field.text)
  const room = Math.min(SHOWN, app.size.rows - 6)
  const width = app.size.columns
  const longest = Math.max(0, ...words.slice(0, room).map(({ word }) => word.length))
  const lines = words
    .slice(0, room)
    .map(({ word, says }) =>
      fitLine(
        [piece(`  ${word.padEnd(longest)}`, theme.name), piece(`  ${says}`, theme.faint)],
        width,
      ),
    )
  const more = words.length - lines.length
  return more > 0 ? [...lines, fitLine([piece(`  ${more} more`, theme.faint)], width)] : lines
}

/** The line that is typed. */
export function commandLineText({ app, theme }: View, command: CommandField): string {
  const { columns } = app.size
  const hint = '  tab completes  ↑ history  enter runs  esc closes'
  // The label and the cursor take a column each; what is typed matters more than the hints.
  const isLong = widthOf(command.field.text) + 2 > columns - widthOf(hint)
  return fitLine(
    [
      ...fieldLine(
        command.field,
        { label: ':', width: isLong ? columns : columns - widthOf(hint) },
        theme,
      ),
      ...(isLong ? [] : [piece(hint, theme.faint)]),
    ],
    columns,
  )
}
