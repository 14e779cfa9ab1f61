/** Runs a command by its name, loading no more than it needs. */
import type { CommandContext, CommandRunner, Outcome } from './outcome.js'
import { outcome } from './outcome.js'

/** Where each command is: loaded when it runs. */
const RUNNERS: Readonly<Record<string, () => Promise<CommandRunner>>> = {
  init: async () => (await import('./write-commands.js')).runInit,
  'list-templates': async () => (await import('./write-commands.js')).runListTemplates,
  migrate: async () => (await import('./write-commands.js')).runMigrate,
  revision: async () => (await import('./write-commands.js')).runRevision,
  edit: async () => (await import('./write-commands.js')).runEdit,
  merge: async () => (await import('./write-commands.js')).runMerge,
  upgrade: async () => (await import('./run-commands.js')).runUpgrade,
  downgrade: async () => (await import('./run-commands.js')).runDowngrade,
  stamp: async () => (await import('./run-commands.js')).runStamp,
  current: async () => (await import('./look-commands.js')).runCurrent,
  heads: async () => (await import('./look-commands.js')).runHeads,
  branches: async () => (await import('./look-commands.js')).runBranches,
  history: async () => (await import('./look-commands.js')).runHistory,
  show: async () => (await import('./look-commands.js')).runShow,
  check: async () => (await import('./compare-commands.js')).runCheck,
  diff: async () => (await import('./compare-commands.js')).runDiff,
  inspect: async () => (await import('./compare-commands.js')).runInspect,
  verify: async () => (await import('./compare-commands.js')).runVerify,
  completion: () => Promise.resolve(runCompletion),
  help: () => Promise.resolve(runHelp),
}

/** The names of all commands that can be run. */
export const RUNNABLE = Object.keys(RUNNERS)

/** What the command of the context's line ends with. */
export async function runCommand(name: string, context: CommandContext): Promise<Outcome> {
  const runner = await RUNNERS[name]?.()
  if (runner === undefined) throw new Error(`The command ${name} has no runner.`)
  return runner(context)
}

const runCompletion: CommandRunner = async ({ line }) => {
  const { completionScript } = await import('./completion.js')
  const [shell] = line.words
  const script = completionScript(shell === 'zsh' || shell === 'fish' ? shell : 'bash')
  return { document: { script }, exit: 0, lines: () => [], script }
}

const runHelp: CommandRunner = async ({ line }) => {
  const { commandHelp, programHelp } = await import('./help.js')
  const { commandNamed } = await import('./command-line.js')
  const { COMMANDS } = await import('./commands.js')
  const [name] = line.words
  const command = name === undefined ? null : commandNamed(name)
  return outcome({ commands: command === null ? COMMANDS : [command] }, (look) =>
    command === null ? programHelp(look) : commandHelp(command, look),
  )
}
