/** Keeps the child to its work: project code can neither end it nor print past it. */
import type { Tracker } from './tracker.js'

/** A module called `process.exit` while it was being loaded. */
export class ExitCalled extends Error {
  constructor(call: string) {
    super(`it called ${call}`)
    this.name = 'ExitCalled'
  }
}

/** Something thrown when nobody was waiting for it any more. */
export interface LateError {
  readonly thrown: unknown
  /** What was being loaded at that moment, not necessarily the one that threw. */
  readonly during: string | null
}

export interface Guards {
  /** What a file printed while it was evaluated, at most `OUTPUT_LIMIT` characters. */
  outputOf(file: string): string
  /** The calls of `process.exit` and the like by file, also where the module caught what they threw. */
  exitOf(file: string): ExitCalled | null
  lateErrors(): readonly LateError[]
  /** Ends the process for good. */
  end(code: number): never
}

const OUTPUT_LIMIT = 4000

/** Puts the guards in place, for as long as the process lives. */
export function installGuards(tracker: Tracker): Guards {
  const printed = captureOutput(tracker)
  const exits = new Map<string, ExitCalled>()
  const late: LateError[] = []
  const exit = process.exit.bind(process)

  const refuse = (call: string): never => {
    const error = new ExitCalled(call)
    const file = tracker.current()
    if (file !== null) exits.set(file, error)
    throw error
  }
  process.exit = (code) => refuse(`process.exit(${code ?? ''})`)
  process.abort = () => refuse('process.abort()')
  // Both at once, since Node ends the process on whichever has no listener.
  process.on('uncaughtException', (thrown) => {
    late.push({ thrown, during: tracker.current() })
  })
  process.on('unhandledRejection', (thrown) => {
    late.push({ thrown, during: tracker.current() })
  })

  return {
    outputOf: (file) => printed.get(file) ?? '',
    exitOf: (file) => exits.get(file) ?? null,
    lateErrors: () => late,
    end: (code) => exit(code),
  }
}

/** Remembers by file what is printed, and lets it go on to the pipes, where the parent keeps the end of it. */
function captureOutput(tracker: Tracker): ReadonlyMap<string, string> {
  const printed = new Map<string, string>()
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream)
    const record: typeof stream.write = (
      chunk: string | Uint8Array,
      ...rest: readonly unknown[]
    ) => {
      const file = tracker.current()
      if (file !== null) {
        const text = (printed.get(file) ?? '') + Buffer.from(chunk).toString()
        printed.set(file, text.slice(-OUTPUT_LIMIT))
      }
      // The optional encoding and callback, as they came.
      return Reflect.apply(write, stream, [chunk, ...rest]) as boolean
    }
    stream.write = record
  }
  return printed
}
