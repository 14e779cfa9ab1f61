/** Runs a command by its name, loading no more than it needs. */
import { guarded } from '../scripts/process-guard.js'
import { commandNamed } from './command-line.js'
import { COMMANDS } from './commands.js'
import { runCheck, runDiff, runInspect, runVerify } from './compare-commands.js'
import { runBranches, runCurrent, runHeads, runHistory, runShow } from './look-commands.js'
import type { CommandContext, CommandRunner, Outcome } from './outcome.js'
import { outcome } from './outcome.js'
import { runDowngrade, runStamp, runUpgrade } from './run-commands.js'
import {
  runEdit,
  runInit,
  runListTemplates,
  runMerge,
  runMigrate,
  runRevision,
} from './write-commands.js'

const runCompletion: CommandRunner = async ({ line }) => {
  const { completionScript } = await import('./completion.js')
  const [shell] = line.words
  const script = completionScript(shell === 'zsh' || shell === 'fish' ? shell : 'bash')
  return { document: { script }, exit: 0, lines: () => [], script }
}

const runHelp: CommandRunner = async ({ line }) => {
  const { commandHelp, programHelp } = await import('./help.js')
  const [name] = line.words
  const command = name === undefined ? null : commandNamed(name)
  return outcome({ commands: command === null ? COMMANDS : [command] }, (look) =>
    command === null ? programHelp(look) : commandHelp(command, look),
  )
}

/** What runs each command; its workflow is loaded when it runs. */
const RUNNERS: Readonly<Record<string, CommandRunner>> = {
  init: runInit,
  'list-templates': runListTemplates,
  migrate: runMigrate,
  revision: runRevision,
  edit: runEdit,
  merge: runMerge,
  upgrade: runUpgrade,
  downgrade: runDowngrade,
  stamp: runStamp,
  current: runCurrent,
  heads: runHeads,
  branches: runBranches,
  history: runHistory,
  show: runShow,
  check: runCheck,
  diff: runDiff,
  inspect: runInspect,
  verify: runVerify,
  completion: runCompletion,
  help: runHelp,
}

/** The names of all commands that can be run. */
export const RUNNABLE = Object.keys(RUNNERS)

/** What the command of the context's line ends with. */
export async function runCommand(name: string, context: CommandContext): Promise<Outcome> {
  const runner = RUNNERS[name]
  if (runner === undefined) throw new Error(`The command ${name} has no runner.`)
  return guarded('The code of the project', () => runner(context))
}
