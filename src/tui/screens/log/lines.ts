/** The log as lines: when, what, its statements, and the command that would do the same. */
import { cleanLine } from '../../../present/clean.js'
import { counted, grouped } from '../../../present/text-width.js'
import { fitLine, piece } from '../../draw/line.js'
import { wrapped } from '../../draw/overlay.js'
import { paneLines } from '../../draw/pane.js'
import { clamp } from '../../draw/scroll.js'
import type { View } from '../../draw/view.js'
import { layoutOf } from '../../layout.js'
import type { AppState, LogEntry } from '../../state.js'
import type { LogScreen } from './state.js'

interface LogLine {
  readonly text: string
  readonly tone: LogEntry['tone'] | 'faint' | 'command'
}

/** The lines of the whole log. */
export function logText(app: AppState, width: number): readonly LogLine[] {
  return app.log.flatMap((entry) => [
    ...wrapped(`${timeText(entry.at)}  ${entry.text}`, width).map((text) => ({
      text,
      tone: entry.tone,
    })),
    ...entry.lines
      .flatMap((line) => wrapped(line, width - 10))
      .map((line) => ({ text: `          ${line}`, tone: 'faint' as const })),
    ...(entry.command === null
      ? []
      : wrapped(cleanLine(entry.command), width - 10).map((line) => ({
          text: `          ${line}`,
          tone: 'command' as const,
        }))),
  ])
}

function timeText(at: number): string {
  const time = new Date(at)
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}

function footText(
  { log }: AppState,
  { top, below }: { readonly top: number; readonly below: number },
): string {
  if (log.length === 0) return ''
  return [
    ...(top > 0 ? [`${grouped(top)} above`] : []),
    ...(below > 0 ? [`${grouped(below)} more`] : []),
    counted(log.length, 'entry', 'entries'),
  ].join(' · ')
}

/** The body. */
export function logLines(view: View, screen: LogScreen): readonly string[] {
  const { app, theme } = view
  const height = layoutOf(app).bodyRows
  const width = app.size.columns
  const all = logText(app, width - 2)
  const top = clamp(screen.top, 0, Math.max(0, all.length - (height - 2)))
  const styles = {
    good: theme.good,
    bad: theme.bad,
    plain: null,
    faint: theme.faint,
    command: theme.name,
  }
  const lines = all
    .slice(top, top + height - 2)
    .map(({ text, tone }) => fitLine([piece(text, styles[tone])], width - 2))
  return paneLines(
    {
      title: ['What ran since the start'],
      foot: footText(app, { top, below: all.length - top - lines.length }),
      lines:
        lines.length === 0 ? [fitLine([piece('Nothing yet.', theme.faint)], width - 2)] : lines,
      isActive: true,
      width,
      height,
    },
    theme,
  )
}
