/** One run of the program, from its arguments to its exit code. */
import { MigrateError } from '../errors.js'
import type { ExitCode } from '../errors.js'
import type { ForkedHost } from '../host/fork-host.js'
import { failureLines } from '../present/failure-lines.js'
import { packageVersion } from '../project/package-folder.js'
import { contextOf } from './command-context.js'
import type { AskedAt } from './command-context.js'
import { readCommandLine } from './command-line.js'
import type { CommandLine } from './command-line.js'
import { failureDocument, failureOf } from './failure.js'
import { isGiven } from './given-options.js'
import { watchInterrupts } from './interrupt.js'
import type { SignalSource } from './interrupt.js'
import type { Outcome } from './outcome.js'
import { createOutput } from './output.js'
import type { Output, Stream } from './output.js'
import { runCommand } from './run-command.js'
import { wordsOf } from './words.js'

/** What a process gives to the program. */
export interface Surroundings extends AskedAt {
  readonly argv: readonly string[]
  readonly stdout: Stream & NodeJS.EventEmitter
  /** A host that was started for the screens; null where they start one. */
  readonly host: ForkedHost | null
  readonly signals: SignalSource & NodeJS.EventEmitter
  /** Ends the process at once. */
  readonly exit: (code: ExitCode) => void
}

/** Runs the program; everything is written when it ends. */
export async function runProgram(from: Surroundings): Promise<ExitCode> {
  const unwritten = watchStreams(from)
  const wishes = wishesIn(from.argv)
  const { stdout, stderr, env } = from
  const output = createOutput({ stdout, stderr, env, colour: wishes.colour })
  const fail = async (thrown: unknown): Promise<ExitCode> => {
    const exit = await reportFailure(thrown, wishes, output)
    // What went wrong is said at least once.
    if (wishes.json && unwritten() !== null) {
      output.tell(failureLines(failureOf(thrown, wishes.verbose), output.notes))
      await output.flush()
    }
    return exit
  }
  const failAndExit = (thrown: unknown): void => {
    void fail(thrown).then(from.exit)
  }
  // What nobody awaited is reported like anything else, and ends the process.
  from.signals.on('uncaughtException', failAndExit)
  from.signals.on('unhandledRejection', failAndExit)
  try {
    const exit = await runLine(from, readCommandLine(from.argv), output, failAndExit)
    await output.flush()
    const reason = unwritten()
    if (reason === null) return exit
    output.tell(failureLines(failureOf(notPrinted(reason), false), output.notes))
    return 1
  } catch (thrown) {
    return await fail(thrown)
  }
}

async function reportFailure(
  thrown: unknown,
  { json, verbose }: Wishes,
  output: Output,
): Promise<ExitCode> {
  const failure = failureOf(thrown, verbose)
  if (json) {
    output.printJson(failureDocument(failure))
  } else {
    output.tell(failureLines(failure, output.notes))
  }
  await output.flush()
  return failure.exit
}

async function runLine(
  from: Surroundings,
  line: CommandLine,
  output: Output,
  failAndExit: (thrown: unknown) => void,
): Promise<ExitCode> {
  if (line.wantsVersion) {
    const version = packageVersion()
    if (wishesIn(from.argv).json) output.printJson({ version })
    else output.print([version])
    return 0
  }
  const { command } = line
  if (isGiven(line, 'help')) return showHelp(line, output)
  if (command === null) return await withoutCommand(from, line, output)
  const interrupts = watchInterrupts(
    from.signals,
    () => {
      if (command.group !== 'Run revisions') failAndExit(interrupted())
      else output.tell(['', 'Stopping after this revision. Press ctrl-c again to stop now.'])
    },
    () => {
      failAndExit(interrupted(RUN_CUT))
    },
  )
  try {
    const context = await contextOf(from, line, output, interrupts.signal)
    const result = await runCommand(command.name, context)
    printOutcome(result, line, output)
    return result.exit
  } finally {
    interrupts.close()
  }
}

const NOT_COMMITTED = 'What was not committed is rolled back.'

/** The second ctrl-c cuts a run off in the middle of a revision. */
const RUN_CUT = `${NOT_COMMITTED} Where schema changes commit themselves, or outside a transaction, what ran of the revision stands, and the server may still finish the statement that was running.`

function interrupted(state = NOT_COMMITTED): MigrateError {
  return new MigrateError('INTERRUPTED', 130, 'Interrupted.', {
    fix: 'Type migrate-tui current to see where the database is.',
    state,
  })
}

async function showHelp({ command }: CommandLine, output: Output): Promise<ExitCode> {
  const { commandHelp, programHelp } = await import('./help.js')
  const look = output.results
  output.print(command === null ? programHelp(look) : commandHelp(command, look))
  return 0
}

/** Without a command a person gets the screens; a program made a mistake. */
async function withoutCommand(
  from: Surroundings,
  line: CommandLine,
  output: Output,
): Promise<ExitCode> {
  const isAsked = from.stdin.isTTY && !isGiven(line, 'json') && (from.env.CI ?? '') === ''
  const isSimple = isGiven(line, 'plain') || from.env.TERM === 'dumb'
  if (isAsked && isSimple) {
    const { runPlain } = await import('./plain.js')
    const run = async (words: readonly string[]): Promise<ExitCode> => {
      const wishes = wishesIn(from.argv)
      try {
        return await runLine(from, readCommandLine(words), output, (thrown) => {
          void reportFailure(thrown, wishes, output).then(from.exit)
        })
      } catch (thrown) {
        return await reportFailure(thrown, wishes, output)
      }
    }
    return await runPlain({ stdin: from.stdin, stderr: from.stderr, argv: from.argv, run })
  }
  if (isAsked && from.stdout.isTTY === true) {
    const { openScreens } = await import('./open-screens.js')
    return await openScreens(from, line, output)
  }
  throw new MigrateError('USAGE', 2, 'No command was given.', {
    why: 'The screens open at a terminal, and here is none, or nobody at it: --json, or CI is set.',
    fix: 'Type migrate-tui help for the commands.',
  })
}

function printOutcome(result: Outcome, line: CommandLine, output: Output): void {
  if (isGiven(line, 'json')) output.printJson(result.document)
  else if (result.script !== null) output.printRaw(result.script)
  else output.print(result.lines(output.results))
}

interface Wishes {
  readonly json: boolean
  readonly verbose: boolean
  readonly colour: boolean
}

/** What also holds for a command line that cannot be read. */
function wishesIn(argv: readonly string[]): Wishes {
  const { switches } = wordsOf(argv)
  return {
    json: switches.has('--json'),
    verbose: switches.has('--verbose'),
    colour: !switches.has('--no-color'),
  }
}

/**
 * Why results could not be written, asked when everything was tried; null where they were. Nothing
 * that cannot be printed stops a run, and no report of it is begun anew for itself.
 * `migrate-tui history | head`: a reader that has enough is no failure.
 */
function watchStreams({ stdout, stderr }: Surroundings): () => string | null {
  let reason: string | null = null
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') reason ??= error.message
  })
  // There is no place left to say it.
  stderr.on('error', () => undefined)
  return () => reason
}

function notPrinted(reason: string): MigrateError {
  return new MigrateError('OUTPUT_NOT_WRITTEN', 1, 'The result could not be written.', {
    why: reason,
    fix: 'Make room, or send it elsewhere; migrate-tui current says where the database is.',
    state: 'The command itself was carried out.',
  })
}
