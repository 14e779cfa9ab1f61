/** A running program's terminal: what a person would see on it and do at it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { IPty } from '@lydell/node-pty'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import headless from '@xterm/headless'
import type { Terminal } from '@xterm/headless'
import { keyBytes } from './key-bytes.js'
import { framed, screenLines } from './screen-text.js'

/** What to wait for: a text or a pattern on the screen, or anything that comes true. */
export type Wanted = string | RegExp | ((screen: PtyScreen) => boolean)

/** Generous: the machine may run several of these at once. */
const PATIENCE_MS = 15_000

/** Comes after all that a program said: a sequence that terminals pass over. */
const ALL_SAID = '\u001b_said\u001b\\'

/** Longer than the screens wait for the rest of a sequence that begins with an escape. */
const AFTER_ESCAPE_MS = 90

export class PtyScreen {
  /** The terminal with all its cells. */
  readonly terminal: Terminal
  /**
   * The exit code, 128 and more where a signal ended the program; all that it sent stands on the
   * screen by then.
   */
  readonly exit: Promise<number>
  private readonly pty: IPty
  private readonly notes: string
  private sent = ''
  private unparsed = 0
  private exitCode: number | null = null
  private readonly watchers = new Set<() => void>()

  constructor(pty: IPty, notes: string) {
    this.pty = pty
    this.notes = notes
    const { cols, rows } = pty
    this.terminal = new headless.Terminal({ cols, rows, allowProposedApi: true, scrollback: 5_000 })
    // Without it, emoji take one column.
    this.terminal.loadAddon(new Unicode11Addon())
    this.terminal.unicode.activeVersion = '11'
    pty.onData((text) => {
      this.take(text)
    })
    // A terminal answers questions; editors ask some.
    this.terminal.onData((answer) => {
      if (this.exitCode === null) pty.write(answer)
    })
    this.exit = new Promise((resolve) => {
      pty.onExit(({ exitCode, signal }) => {
        const code = signal === undefined || signal === 0 ? exitCode : 128 + signal
        this.exitCode = code
        // The terminal reads what it was given a moment later, in order.
        this.terminal.write('', () => {
          this.wake()
          resolve(code)
        })
      })
    })
  }

  /** The rows of the screen, without spaces at their ends. */
  lines(): readonly string[] {
    return screenLines(this.terminal)
  }

  text(): string {
    return this.lines().join('\n')
  }

  /** Everything that the program sent, as it was sent. */
  raw(): string {
    return this.sent
  }

  /** The bytes that the program sent. */
  get bytes(): number {
    return Buffer.byteLength(this.sent)
  }

  /** Whether the screen that a shell uses is shown. */
  get isNormal(): boolean {
    return this.terminal.buffer.active.type === 'normal'
  }

  /** The process id of the program itself. */
  get pid(): number {
    return Number(readFileSync(join(this.notes, 'pid'), 'utf8'))
  }

  /** Presses keys by their names, one after the other. */
  async press(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      this.pty.write(keyBytes(name))
      if (name === 'escape') await wait(AFTER_ESCAPE_MS)
    }
  }

  /** Sends text at once, as typing faster than the program reads does. */
  type(text: string): void {
    this.pty.write(text)
  }

  /** Pastes as a terminal does that was asked to say so. */
  paste(text: string): void {
    const { bracketedPasteMode } = this.terminal.modes
    const sent = text.replace(/\n/g, '\r')
    this.pty.write(bracketedPasteMode ? `\u001b[200~${sent}\u001b[201~` : sent)
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows)
    this.pty.resize(columns, rows)
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.pid, name)
  }

  /** Closes the terminal as a person closes its window. */
  hangUp(): void {
    const { pty } = this
    // node-pty's own types leave it out.
    ;(pty as IPty & { destroy(): void }).destroy()
  }

  /**
   * Resolves once it is so on a whole frame.
   * @throws Error with a picture of the screen when it is not after `ms`, or the program ended without it
   */
  async waitFor(wanted: Wanted, ms = PATIENCE_MS): Promise<void> {
    if (this.shows(wanted)) return
    const isThere = await new Promise<boolean>((resolve) => {
      const finish = (isIt: boolean): void => {
        clearTimeout(timeout)
        clearInterval(poll)
        this.watchers.delete(look)
        resolve(isIt)
      }
      const look = (): void => {
        if (this.shows(wanted)) finish(true)
        else if (this.exitCode !== null && this.unparsed === 0) finish(false)
      }
      const timeout = setTimeout(() => {
        finish(false)
      }, ms)
      // For what does not show by what the program sends.
      const poll = setInterval(look, 100)
      this.watchers.add(look)
    })
    if (!isThere) throw new Error(this.missed(wanted, ms))
  }

  /** Whether the ended program left a keyboard that edits lines and echoes, as a shell needs it. */
  sttySane(): boolean {
    const settings = readFileSync(join(this.notes, 'stty'), 'utf8').split(/[\s;]+/)
    return ['icanon', 'echo', 'isig', 'icrnl', 'opost'].every((name) => settings.includes(name))
  }

  /** Ends the program and everything that it started in its group. */
  async close(): Promise<void> {
    if (this.exitCode === null) {
      killGroup(this.pty.pid)
      await this.exit
    }
    this.terminal.dispose()
  }

  private take(text: string): void {
    this.sent += text
    if (this.sent.endsWith(ALL_SAID)) writeFileSync(join(this.notes, 'read'), '')
    this.unparsed += 1
    this.terminal.write(text, () => {
      this.unparsed -= 1
      this.wake()
    })
  }

  private wake(): void {
    for (const look of this.watchers) look()
  }

  private shows(wanted: Wanted): boolean {
    if (this.unparsed > 0 || !this.isWhole()) return false
    if (typeof wanted === 'function') return wanted(this)
    return typeof wanted === 'string' ? this.text().includes(wanted) : wanted.test(this.text())
  }

  /** Whether no frame is half painted. */
  private isWhole(): boolean {
    return this.sent.lastIndexOf('\u001b[?2026h') <= this.sent.lastIndexOf('\u001b[?2026l')
  }

  private missed(wanted: Wanted, ms: number): string {
    const what = typeof wanted === 'function' ? wanted.toString() : JSON.stringify(String(wanted))
    const when =
      this.exitCode === null ? `after ${ms} ms` : `when the program ended with ${this.exitCode}`
    return `Not on the screen ${when}: ${what}\n${framed(this.terminal)}`
  }
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}
