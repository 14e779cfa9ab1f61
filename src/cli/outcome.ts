/** What a command works with, and what it ends with. */
import type { ExitCode } from '../errors.js'
import type { Look } from '../present/look.js'
import { scriptText } from '../present/script-text.js'
import type { Project, ProjectFolder } from '../project/project.js'
import type { Io, RunEvent } from '../workflows/io.js'
import type { CommandLine } from './command-line.js'

export interface Outcome {
  /** What `--json` prints. */
  readonly document: unknown
  readonly exit: ExitCode
  /** What a person reads. */
  readonly lines: (look: Look) => readonly string[]
  /** A script to print as it is, instead of lines; null where there is none. */
  readonly script: string | null
}

export type PlannedSteps = Extract<RunEvent, { readonly kind: 'planned' }>['steps']

/** What a command is run with. */
export interface CommandContext {
  readonly line: CommandLine
  readonly io: Io
  /** Loads the configuration. */
  readonly project: () => Promise<Project>
  /** Finds the configuration without loading it. */
  readonly folder: () => ProjectFolder
  /** The steps that the workflow planned last. */
  readonly planned: () => PlannedSteps
}

/** Runs one command: its workflow, and how its document is shown. */
export type CommandRunner = (context: CommandContext) => Promise<Outcome>

/** The outcome of a document and its lines. */
export function outcome(
  document: unknown,
  lines: (look: Look) => readonly string[],
  exit: ExitCode = 0,
): Outcome {
  return { document, exit, lines, script: null }
}

/** The outcome of a document that is a script, with `--sql`. */
export function scriptOutcome(document: unknown, statements: readonly string[]): Outcome {
  return { document, exit: 0, lines: () => [], script: scriptText(statements) }
}
