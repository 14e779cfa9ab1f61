/** The terminal itself: its alternate screen, and getting it back to how the shell had it. */
import { writeSync } from 'node:fs'
import type { FrameOutput } from './frame-stream.js'
import type { KeyInput } from './key-stream.js'

export type TerminalInput = KeyInput & Ending & { readonly isRaw: boolean }

export type TerminalOutput = FrameOutput & Ending & { readonly fd: number }

/** How a stream tells that its terminal went away. */
interface Ending {
  on(event: 'end' | 'error', listener: () => void): unknown
  off(event: 'end' | 'error', listener: () => void): unknown
}

/** Alternate screen, no cursor, no line wrap (a line too long stays on its row), pastes in brackets. */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h'
const LEAVE = '\u001b[?2026l\u001b[?2004l\u001b[?7h\u001b[0m\u001b[?25h\u001b[?1049l'

export class Terminal {
  private readonly input: TerminalInput
  private readonly output: TerminalOutput
  private isEntered = false
  private isLentNow = false

  constructor(input: TerminalInput, output: TerminalOutput) {
    this.input = input
    this.output = output
  }

  /** Whether another program has it: ctrl-c is that program's then. */
  get isLent(): boolean {
    return this.isLentNow
  }

  /** Shows the alternate screen. */
  enter(): void {
    if (this.isEntered) return
    this.isEntered = true
    this.send(ENTER)
  }

  /** Shows the alternate screen whatever it was thought to show: somebody else had it. */
  enterAgain(): void {
    this.isEntered = false
    this.enter()
  }

  /** Shows the normal screen again, with what it had. */
  leave(): void {
    if (!this.isEntered) return
    this.isEntered = false
    this.send(LEAVE)
  }

  /** Leaves the screen to another program until `takeBack`. */
  lend(): void {
    this.isLentNow = true
    this.leave()
  }

  takeBack(): void {
    this.isLentNow = false
    this.enter()
  }

  /** The normal screen and a keyboard that edits lines and echoes, as the shell had it. */
  restore(): void {
    this.leave()
    try {
      if (this.input.isRaw) this.input.setRawMode(false)
    } catch {
      // The terminal is gone; there is nothing to give back.
    }
  }

  /** Calls `listener` when the terminal went away, perhaps several times, until the function it returns is called. */
  onGone(listener: () => void): () => void {
    const { input, output } = this
    input.on('end', listener)
    input.on('error', listener)
    output.on('error', listener)
    return () => {
      input.off('end', listener)
      input.off('error', listener)
      output.off('error', listener)
    }
  }

  /** Sends text at once, past the frames. */
  send(text: string): void {
    sendNow(this.output.fd, text)
  }
}

/** Writes before it returns: what a stream has not written yet is lost when the process ends. */
export function sendNow(fd: number, text: string): void {
  let bytes = Buffer.from(text)
  // A terminal that another process made non-blocking may be full for a moment.
  for (let tries = 0; bytes.length > 0 && tries < 100; tries += 1) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes))
    } catch (error) {
      // The terminal is gone, or cannot be written to.
      if (!isFull(error)) return
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN'
}
