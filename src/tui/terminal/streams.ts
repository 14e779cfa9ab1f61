/** The three parts that the screens use of one terminal. */
import { FrameStream } from './frame-stream.js'
import { KeyStream } from './key-stream.js'
import { Terminal } from './terminal.js'
import type { TerminalInput, TerminalOutput } from './terminal.js'

export interface Streams {
  readonly terminal: Terminal
  readonly keys: KeyStream
  readonly frames: FrameStream
}

/** Nothing is written or read yet. */
export function streamsOf(input: TerminalInput, output: TerminalOutput): Streams {
  return {
    terminal: new Terminal(input, output),
    keys: new KeyStream(input),
    frames: new FrameStream(output),
  }
}
