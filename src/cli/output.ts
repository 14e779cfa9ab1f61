/** Where a command prints: results to standard output, everything else to standard error. */
import { cleanJson } from '../present/clean.js'
import { lookOf } from '../present/look.js'
import type { Look } from '../present/look.js'
import { maskSecrets } from '../project/secrets.js'

/** A stream to print to, as a process has them. */
export interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string, done?: () => void): boolean
}

export interface OutputChoices {
  readonly stdout: Stream
  readonly stderr: Stream
  readonly env: Readonly<Record<string, string | undefined>>
  /** False with `--no-color`. */
  readonly colour: boolean
}

export interface Output {
  /** How results look. */
  readonly results: Look
  /** How everything else looks. */
  readonly notes: Look
  /** Prints results. */
  print(lines: readonly string[]): void
  /** Prints one JSON document as the result. */
  printJson(document: unknown): void
  /** Prints a script as it is, to the letter: for a file or another program. */
  printRaw(text: string): void
  /** Prints progress, warnings, errors; with no secret in them. */
  tell(lines: readonly string[]): void
  /** As `tell`, together with what is told or printed next, or with the first after 20 ms: to write takes time. */
  tellSoon(lines: readonly string[]): void
  /** Resolves when everything is written. */
  flush(): Promise<void>
}

/** Milliseconds after which what is told waits for nothing. */
const SOON = 20

/** The output for two streams. */
export function createOutput({ stdout, stderr, env, colour }: OutputChoices): Output {
  const look = (stream: Stream): Look => {
    const isTerminal = stream.isTTY === true
    return lookOf(
      { colour: colour && showsColour(isTerminal, env), unicode: showsUnicode(env) },
      isTerminal ? columnsOf(stream) : null,
    )
  }
  const waiting: string[] = []
  let last = 0
  const tell = (lines: readonly string[]): void => {
    waiting.push(...lines)
    if (waiting.length === 0) return
    stderr.write(`${maskSecrets(waiting.join('\n'))}\n`)
    waiting.length = 0
    last = performance.now()
  }
  return {
    results: look(stdout),
    notes: look(stderr),
    print: (lines) => {
      tell([])
      if (lines.length > 0) stdout.write(`${lines.join('\n')}\n`)
    },
    printJson: (document) => {
      tell([])
      stdout.write(`${cleanJson(JSON.stringify(document, null, 2))}\n`)
    },
    printRaw: (text) => {
      tell([])
      stdout.write(text)
    },
    tell,
    tellSoon: (lines) => {
      if (performance.now() - last > SOON) tell(lines)
      else waiting.push(...lines)
    },
    flush: async () => {
      tell([])
      await Promise.all([stdout, stderr].map(written))
    },
  }
}

/** A terminal that nobody told its size, as in many containers and pipelines, says 0. */
function columnsOf({ columns }: Stream): number {
  return columns === undefined || columns === 0 ? 80 : columns
}

/** The conventions of no-color.org and force-color.org; forcing is stronger, as in Node itself. */
export function showsColour(isTerminal: boolean, env: OutputChoices['env']): boolean {
  const forced = env.FORCE_COLOR
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  if ((env.NO_COLOR ?? '') !== '') return false
  return isTerminal && env.TERM !== 'dumb'
}

/** Unless the locale says that it is another character set, or the terminal is the bare console. */
export function showsUnicode(env: OutputChoices['env']): boolean {
  if (env.TERM === 'linux') return false
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((name) => (name ?? '') !== '')
  return locale === undefined || /utf-?8/i.test(locale)
}

async function written(stream: Stream): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.write('', () => {
      resolve()
    })
  })
}
