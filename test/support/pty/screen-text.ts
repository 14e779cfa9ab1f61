/** A terminal's screen as text. */
import type { IBuffer, Terminal } from '@xterm/headless'

/** The visible rows, without spaces at their ends. */
export function screenLines({ buffer, rows }: Terminal): readonly string[] {
  return bufferLines(buffer.active, buffer.active.baseY, rows)
}

/** All rows of the normal buffer with what was scrolled out, up to the last that has text. */
export function normalText({ buffer }: Terminal): string {
  return bufferLines(buffer.normal, 0, buffer.normal.length).join('\n').trimEnd()
}

/** The screen in a frame, for a message. */
export function framed(terminal: Terminal): string {
  const { cols, rows, buffer } = terminal
  const lines = screenLines(terminal).map((line) => `│${line}`)
  return [`┌ ${cols}x${rows}, ${buffer.active.type} screen`, ...lines, '└'].join('\n')
}

function bufferLines(buffer: IBuffer, first: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, row) =>
    (buffer.getLine(first + row)?.translateToString(true) ?? '').trimEnd(),
  )
}
