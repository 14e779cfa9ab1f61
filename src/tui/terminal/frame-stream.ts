/** Ink's standard output: takes whole frames, and paints the lines that changed. */
import { EventEmitter } from 'node:events'
import { pinnedLine } from './pinned-line.js'

/** What of a terminal's output stream is used. */
export interface FrameOutput {
  readonly columns: number
  readonly rows: number
  write(text: string): unknown
  on(event: 'resize', listener: () => void): unknown
  off(event: 'resize', listener: () => void): unknown
}

/** Terminals that know it show nothing until the frame is whole; the others ignore it. */
const BEGIN = '\u001b[?2026h'
const END = '\u001b[?2026l'

/**
 * Ink alone clears the terminal for each full-screen frame, the person's scrollback included. With
 * `debug: true` it writes each frame whole, and this stream does the rest.
 */
export class FrameStream extends EventEmitter {
  readonly isTTY = true
  readonly writable = true
  private readonly output: FrameOutput
  /** What is on the screen; null where it is not known and everything has to be painted. */
  private painted: readonly string[] | null = null
  private frame: string | null = null
  private isQueued = false
  private isPaused = false
  private bytes = 0

  constructor(output: FrameOutput) {
    super()
    // Every component that looks at the size listens.
    this.setMaxListeners(0)
    this.output = output
    output.on('resize', this.repaint)
  }

  /** 80 where the terminal does not say. */
  get columns(): number {
    return this.output.columns > 0 ? this.output.columns : 80
  }

  /** 24 where the terminal does not say. */
  get rows(): number {
    return this.output.rows > 0 ? this.output.rows : 24
  }

  /** The bytes that were sent to the terminal so far. */
  get bytesWritten(): number {
    return this.bytes
  }

  /** Takes a frame; of those that come in one tick the last is painted. Ink's own cursor commands are left out. */
  write(text: string): boolean {
    if (text === '' || text.startsWith('\u001b[?25')) return true
    this.frame = text
    this.queue()
    return true
  }

  /** Paints nothing until `resume`; frames are still taken. */
  pause(): void {
    this.isPaused = true
  }

  /** Paints the newest frame whole: somebody else had the screen. */
  resume(): void {
    this.isPaused = false
    this.painted = null
    this.paint()
  }

  /** Paints nothing any more. */
  dispose(): void {
    this.isPaused = true
    this.output.off('resize', this.repaint)
  }

  private readonly repaint = (): void => {
    this.painted = null
    this.emit('resize')
    // Ink answers with a new frame; what it does not redraw is painted again as it is.
    this.queue()
  }

  private queue(): void {
    if (this.isQueued) return
    this.isQueued = true
    setImmediate(() => {
      this.isQueued = false
      this.paint()
    })
  }

  private paint(): void {
    if (this.isPaused || this.frame === null) return
    const lines = this.frame.split('\n').slice(0, this.rows)
    const before = this.painted
    const height = before === null ? this.rows : Math.max(lines.length, before.length)
    let changes = ''
    for (let row = 0; row < height; row += 1) {
      const line = lines[row] ?? ''
      if (before === null || line !== (before[row] ?? '')) changes += paintedRow(row, line)
    }
    this.painted = lines
    if (changes === '') return
    const text = `${BEGIN}${changes}${END}`
    this.bytes += Buffer.byteLength(text)
    this.output.write(text)
  }
}

/** Erased before it is written: after it, in the last column, that would take the character just written. */
function paintedRow(row: number, line: string): string {
  const text = line === '' ? '' : `${pinnedLine(line)}\u001b[0m`
  return `\u001b[${row + 1};1H\u001b[K${text}`
}
