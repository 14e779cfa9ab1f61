/** What a command is run with: where it runs, whom it asks, whom it tells. */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ReadStream } from 'node:tty'
import { MigrateError } from '../errors.js'
import { warningLines } from '../present/failure-lines.js'
import { eventLines, isSoonFollowed } from '../present/run-lines.js'
import { findProjectFolder } from '../project/find-config.js'
import { loadProject } from '../project/load-project.js'
import type { Ask, Io } from '../workflows/io.js'
import type { CommandLine } from './command-line.js'
import { isGiven, valueOf, variablesOf } from './given-options.js'
import type { CommandContext, PlannedSteps } from './outcome.js'
import type { Output, Stream } from './output.js'

/** The process's folder, environment and terminal. */
export interface AskedAt {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute; asking for it throws where it is gone. */
  readonly cwd: string
  readonly stdin: ReadStream
  readonly stderr: Stream & NodeJS.WritableStream
}

/**
 * The context of a command; nothing of the project is loaded yet.
 * @throws MigrateError `USAGE`
 */
export async function contextOf(
  from: AskedAt,
  line: CommandLine,
  output: Output,
  signal: AbortSignal,
): Promise<CommandContext> {
  const cwd = workingFolder(from.cwd, valueOf(line, 'cwd'))
  const config = valueOf(line, 'config')
  let planned: PlannedSteps = []
  const telling = tellingOf(line, output)
  const io: Io = {
    ask: await askOf(from, line, output, signal),
    signal,
    warn: telling.warn,
    event: (event) => {
      if (event.kind === 'planned') planned = event.steps
      telling.event(event)
    },
  }
  return {
    line,
    io,
    planned: () => planned,
    folder: () => findProjectFolder(cwd, config),
    project: () =>
      loadProject({
        cwd,
        config,
        database: valueOf(line, 'database'),
        environment: valueOf(line, 'env'),
        variables: variablesOf(line),
      }),
  }
}

/** Progress and warnings: nothing of it with `--json` or `--quiet`. */
function tellingOf(line: CommandLine, output: Output): Pick<Io, 'event' | 'warn'> {
  if (isGiven(line, 'json') || isGiven(line, 'quiet')) {
    return { event: () => undefined, warn: () => undefined }
  }
  const verbose = isGiven(line, 'verbose')
  return {
    event: (event) => {
      const lines = eventLines(event, verbose, output.notes)
      if (isSoonFollowed(event)) output.tellSoon(lines)
      else output.tell(lines)
    },
    warn: (message) => {
      output.tell(warningLines(message, output.notes))
    },
  }
}

async function askOf(
  from: AskedAt,
  line: CommandLine,
  output: Output,
  signal: AbortSignal,
): Promise<Ask | null> {
  const isTerminal = from.stdin.isTTY && from.stderr.isTTY === true
  if (!isTerminal || isGiven(line, 'json') || (from.env.CI ?? '') !== '') return null
  const { askAt } = await import('./ask.js')
  return askAt({ stdin: from.stdin, stderr: from.stderr, look: output.notes, signal })
}

function workingFolder(cwd: string, named: string | null): string {
  if (named === null) return cwd
  const folder = resolve(cwd, named)
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder
  throw new MigrateError('USAGE', 2, `There is no folder ${folder}.`, {
    why: '--cwd names it.',
    fix: 'Correct the path.',
  })
}
