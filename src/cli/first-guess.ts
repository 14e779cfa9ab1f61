/** Tells from the words alone what a command line will need: it costs or saves time, and decides nothing. */

/** The commands that load models whenever they run. */
export const READING_COMMANDS: readonly string[] = ['migrate', 'check', 'diff', 'inspect']

/** Whether models will be read, guessed before anything is parsed. */
export function readsModels(argv: readonly string[]): boolean {
  const isHelp = argv.includes('--help') || argv.includes('-h')
  return !isHelp && argv.some((word) => READING_COMMANDS.includes(word))
}

/** The commands that run scripts. */
const RUNNING_COMMANDS: readonly string[] = ['upgrade', 'downgrade']

/** Which commands load much the same: `screens`, those that read models or run scripts, and the others. */
export function kindOfCommand(argv: readonly string[]): string {
  if (argv.length === 0) return 'screens'
  if (readsModels(argv)) return 'read'
  return argv.some((word) => RUNNING_COMMANDS.includes(word)) ? 'run' : 'look'
}

/** What tells whether somebody sits at a terminal. */
interface Terminal {
  readonly stdin: { readonly isTTY?: boolean }
  readonly stdout: { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Whether the screens will open on the project of this folder. */
export function opensScreens(argv: readonly string[], { stdin, stdout, env }: Terminal): boolean {
  const isAsked = stdin.isTTY === true && stdout.isTTY === true && (env.CI ?? '') === ''
  return argv.length === 0 && isAsked && env.TERM !== 'dumb'
}
