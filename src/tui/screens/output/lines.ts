/** A command's output as lines. */
import { cleanText } from '../../../present/clean.js'
import { grouped } from '../../../present/text-width.js'
import { typedCommand } from '../../commands-like.js'
import { fitLine, piece } from '../../draw/line.js'
import { wrapped } from '../../draw/overlay.js'
import { paneLines } from '../../draw/pane.js'
import { clamp } from '../../draw/scroll.js'
import type { View } from '../../draw/view.js'
import { layoutOf } from '../../layout.js'
import type { AppState } from '../../state.js'
import type { OutputScreen } from './state.js'

/** The lines as they are wrapped on this screen. */
export function outputText(app: AppState, screen: OutputScreen): readonly string[] {
  const width = app.size.columns - 2
  return screen.lines.flatMap((line) => hanging(line, width))
}

/** A line in several where it is too long; all of them begin where it does. */
function hanging(line: string, width: number): readonly string[] {
  const text = cleanText(line)
  const indent = text.length - text.trimStart().length
  if (indent > width / 2) return wrapped(text, width)
  return wrapped(text.slice(indent), width - indent).map((one) => ' '.repeat(indent) + one)
}

/** The body. */
export function outputLines(view: View, screen: OutputScreen): readonly string[] {
  const { app, theme } = view
  const height = layoutOf(app).bodyRows
  const width = app.size.columns
  const all = outputText(app, screen)
  const last = Math.max(0, all.length - (height - 2))
  const top = screen.follows ? last : clamp(screen.top, 0, last)
  const below = all.length - top - (height - 2)
  const state =
    screen.exit === null
      ? piece('  running', theme.warn)
      : piece(`  exit code ${screen.exit}`, screen.exit === 0 ? theme.good : theme.bad)
  return paneLines(
    {
      title: [typedCommand(app, screen), state],
      foot: below > 0 ? `${grouped(below)} more` : '',
      lines:
        screen.exit !== null && screen.lines.length === 0
          ? [fitLine([piece('It printed nothing.', theme.faint)], width - 2)]
          : all.slice(top, top + height - 2).map((line) => fitLine([line], width - 2)),
      isActive: true,
      width,
      height,
    },
    theme,
  )
}
