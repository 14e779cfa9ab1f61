/** Every command of the program, as data. */
import { option } from './command-spec.js'
import type { CommandSpec, OptionSpec } from './command-spec.js'
import { COMPARE_COMMANDS } from './commands/compare.js'
import { LOOK_COMMANDS } from './commands/look.js'
import { OTHER_COMMANDS } from './commands/other.js'
import { RUN_COMMANDS } from './commands/run.js'
import { START_COMMANDS } from './commands/start.js'
import { WRITE_COMMANDS } from './commands/write.js'

/** Options that every command takes, before or after its name. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  option('--cwd <folder>', 'Run as if started in this folder', { completes: 'folder' }),
  option('--config <file>', 'The configuration, or a knexfile, to use', {
    default: 'the nearest upward: migrate-tui.config.*, else knexfile.*',
    completes: 'file',
  }),
  option('--database <name>', 'Which database, where the configuration names several'),
  option('--env <name>', 'Which environment of the knexfile', {
    default: '$NODE_ENV, else development',
  }),
  option('-x, --set <key=value>', 'A value for the configuration and the scripts', {
    isRepeatable: true,
  }),
  option('--json', 'Print one JSON document, also for a failure; never ask'),
  option('--no-color', 'Print without colour'),
  option('-q, --quiet', 'Print results and errors only'),
  option('-v, --verbose', 'Print more; with an error, where it was thrown'),
  option('-h, --help', 'Explain the command'),
]

/** Options of the screens, which open where no command is named. */
export const SCREEN_OPTIONS: readonly OptionSpec[] = [
  option('--read-only', 'Look, and change neither files nor the database'),
  option(
    '--plain',
    'Ask in numbered lines instead of screens: for screen readers and simple terminals',
  ),
  option('--ascii', 'Draw with ASCII signs only'),
  option('--demo', 'Open a practice project in a folder of its own, removed afterwards'),
]

/** In the order of the help; within a group, the usual order of use. */
export const COMMANDS: readonly CommandSpec[] = [
  ...START_COMMANDS,
  ...WRITE_COMMANDS,
  ...RUN_COMMANDS,
  ...LOOK_COMMANDS,
  ...COMPARE_COMMANDS,
  ...OTHER_COMMANDS,
]

/** What exit codes mean for every command. */
export const EXIT_CODES: readonly { readonly code: number; readonly when: string }[] = [
  { code: 0, when: 'done' },
  { code: 1, when: 'the operation failed' },
  { code: 2, when: 'wrong usage or configuration' },
  { code: 3, when: 'there is something to decide' },
  { code: 70, when: 'a fault of migrate-tui' },
  { code: 130, when: 'interrupted' },
]
