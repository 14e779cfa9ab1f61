/** Runs the program in this process, with streams that remember. */
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import type { ReadStream } from 'node:tty'
import { runProgram } from '../../src/cli/program.js'

export interface ProgramRun {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
}

export interface ProgramPlace {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Columns of a terminal at all three streams; a pipe without it. */
  readonly columns?: number
}

/** What the program prints for a command line, and its exit code. */
export async function runInProcess(
  argv: readonly string[],
  { cwd, env = {}, columns }: ProgramPlace,
): Promise<ProgramRun> {
  const stdout = new Sink(columns)
  const stderr = new Sink(columns)
  const stdin = inputOf(columns !== undefined)
  const signals = new EventEmitter()
  const exit = await new Promise<number>((resolve, reject) => {
    const host = null
    runProgram({ argv, host, env, cwd, stdin, stdout, stderr, signals, exit: resolve }).then(
      resolve,
      reject,
    )
  })
  return { exit, stdout: stdout.text, stderr: stderr.text }
}

/** A stream that is a terminal of so many columns, or a pipe. */
export class Sink extends PassThrough {
  readonly columns: number
  readonly isTTY: boolean
  text = ''

  constructor(columns: number | undefined) {
    super()
    this.columns = columns ?? 0
    this.isTTY = columns !== undefined
    this.on('data', (chunk: Buffer) => {
      this.text += chunk.toString()
    })
  }
}

/** Standard input at a terminal or in a pipe; what is written to it is what a person types. */
export function inputOf(isTerminal: boolean): ReadStream & PassThrough {
  const input = Object.assign(new PassThrough(), {
    isTTY: isTerminal,
    isRaw: false,
    setRawMode: () => input,
  })
  return input as unknown as ReadStream & PassThrough // only these members of a terminal are used
}
