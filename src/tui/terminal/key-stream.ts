/** Reads the keyboard: one event for a key, one for a paste. */
import { EventEmitter } from 'node:events'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as wait } from 'node:timers/promises'
import { keyName } from './key-names.js'
import { lastKeys, splitKeys } from './split-keys.js'

/** What of a terminal's input stream is used. */
export interface KeyInput {
  setRawMode(isRaw: boolean): unknown
  on(event: 'data', listener: (bytes: Buffer) => void): unknown
  off(event: 'data', listener: (bytes: Buffer) => void): unknown
  ref(): unknown
  unref(): unknown
  resume(): unknown
  pause(): unknown
}

interface KeyEvents {
  /** A key by its name, as `keyName` gives it. */
  key: [name: string]
  /** What was pasted, whole, its lines ended by line feeds. It is data: only a text field may take it. */
  paste: [text: string]
}

interface Pasted {
  readonly text: string
  /** Whether the keyboard was muted at any time since it began. */
  readonly isDropped: boolean
}

const PASTE_START = '\u001b[200~'
const PASTE_END = '\u001b[201~'

/** How long an escape may be the beginning of a sequence that a slow link split, in ms. */
const ESCAPE_MS = 40

/** The same for what can only be the beginning of a sequence. */
const SEQUENCE_MS = 500

export class KeyStream extends EventEmitter<KeyEvents> {
  private readonly input: KeyInput
  private decoder = new StringDecoder('utf8')
  private held = ''
  private heldTimer: NodeJS.Timeout | undefined
  /** What came of a paste so far; null outside of one. */
  private pasted: Pasted | null = null
  private isListening = false
  private mutes = 0

  constructor(input: KeyInput) {
    super()
    this.input = input
  }

  /** Takes the keyboard; before the screen is entered, so that early keys are not echoed. */
  start(): void {
    if (this.isListening) return
    this.isListening = true
    this.decoder = new StringDecoder('utf8')
    this.forget()
    this.input.setRawMode(true)
    this.input.on('data', this.read)
    this.input.ref()
    this.input.resume()
  }

  /** Takes the keyboard from whoever made it a shell's meanwhile. */
  retake(): void {
    if (!this.isListening) return
    // Node remembers that it is raw, and would do nothing.
    this.input.setRawMode(false)
    this.input.setRawMode(true)
  }

  /** Lets go of the keyboard: once it resolves nothing here reads, and another program gets every key. */
  async stop(): Promise<void> {
    if (!this.isListening) return
    this.isListening = false
    this.forget()
    this.input.off('data', this.read)
    this.input.pause()
    // Node stops reading one tick after `pause`. Draining with `read()` would start it again.
    await new Promise((resolve) => setImmediate(resolve))
    this.input.setRawMode(false)
    this.input.unref()
  }

  /**
   * Drops what is typed or pasted in the next `ms`, and what was typed before and not read yet. Resolves
   * when that is over.
   */
  async mute(ms: number): Promise<void> {
    this.mutes += 1
    if (this.pasted !== null) this.pasted = { ...this.pasted, isDropped: true }
    await wait(ms, undefined, { ref: false })
    // The keyboard is read once more between a timer and an immediate, so a blocked process leaks nothing.
    await new Promise((resolve) => setImmediate(resolve))
    this.mutes -= 1
  }

  private forget(): void {
    clearTimeout(this.heldTimer)
    this.held = ''
    this.pasted = null
  }

  private readonly read = (bytes: Buffer): void => {
    clearTimeout(this.heldTimer)
    // The end of a paste that was cut off never comes: ctrl-c alone ends it too.
    if (this.pasted !== null && bytes.length === 1 && bytes[0] === 3) this.pasted = null
    let text = this.held + this.decoder.write(bytes)
    this.held = ''
    while (text !== '' && this.isListening) {
      text = this.pasted === null ? this.takeKeys(text) : this.takePasted(this.pasted, text)
    }
    if (this.held !== '') this.waitForRest()
  }

  /** Takes the keys in front of a paste; what is left begins inside of one. */
  private takeKeys(text: string): string {
    const start = text.indexOf(PASTE_START)
    const { sequences, unfinished } = splitKeys(start === -1 ? text : text.slice(0, start))
    if (start === -1) this.held = unfinished
    this.tell(start === -1 ? sequences : [...sequences, ...lastKeys(unfinished)])
    if (start === -1) return ''
    this.pasted = { text: '', isDropped: this.mutes > 0 }
    return text.slice(start + PASTE_START.length)
  }

  /** Takes a paste as far as it came; what is left are keys. */
  private takePasted(before: Pasted, text: string): string {
    const end = text.indexOf(PASTE_END)
    if (end === -1) {
      this.held = beginningOf(PASTE_END, text)
      const more = text.slice(0, text.length - this.held.length)
      this.pasted = { ...before, text: before.text + more }
      return ''
    }
    this.pasted = null
    const whole = before.text + text.slice(0, end)
    if (!before.isDropped) this.emit('paste', whole.replace(/\r\n?/g, '\n'))
    return text.slice(end + PASTE_END.length)
  }

  private tell(sequences: readonly string[]): void {
    for (const sequence of sequences) {
      const name = keyName(sequence)
      // Looked at for each: a key may stop or mute the keyboard for what was typed after it.
      if (name !== null && this.isListening && this.mutes === 0) this.emit('key', name)
    }
  }

  private waitForRest(): void {
    this.heldTimer = setTimeout(
      () => {
        const { held, pasted } = this
        this.held = ''
        if (pasted === null) this.tell(lastKeys(held))
        else this.pasted = { ...pasted, text: pasted.text + held }
      },
      this.held === '\u001b' ? ESCAPE_MS : SEQUENCE_MS,
    )
  }
}

/** The longest end of `text` with which `marker` begins. */
function beginningOf(marker: string, text: string): string {
  for (let length = marker.length - 1; length > 0; length -= 1) {
    if (text.endsWith(marker.slice(0, length))) return marker.slice(0, length)
  }
  return ''
}
