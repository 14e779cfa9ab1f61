/** Tells from the words alone whether a command line is one that reads models. */

/** The commands that load models whenever they run. */
export const READING_COMMANDS: readonly string[] = ['migrate', 'check', 'diff', 'inspect']

/** A guess before anything is parsed: it costs or saves time, and decides nothing. */
export function readsModels(argv: readonly string[]): boolean {
  const isHelp = argv.includes('--help') || argv.includes('-h')
  return !isHelp && argv.some((word) => READING_COMMANDS.includes(word))
}
