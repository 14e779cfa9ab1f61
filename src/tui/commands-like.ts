/** The command line that does the same as a screen: it is shown, copied, and printed at the end. */
import { shellWord } from '../shell-word.js'
import type { AppState } from './state.js'
import { topScreen } from './changed.js'

/** `migrate-tui upgrade 3f9a --database reports`, with the options that this session was started with. */
export function commandLike(app: AppState, ...words: readonly string[]): string {
  const { start, project, overview } = app
  const several = (overview.value?.databases.length ?? 1) > 1
  const database = several && project.database !== null ? ['--database', project.database] : []
  return ['migrate-tui', ...words, ...database, ...start.commandOptions].map(shellWord).join(' ')
}

/** A command that was typed, with the file that its result went to. */
export function typedCommand(
  app: AppState,
  { words, into }: { readonly words: readonly string[]; readonly into: string | null },
): string {
  const command = commandLike(app, ...words)
  return into === null ? command : `${command} > ${shellWord(into)}`
}

/** The command that runs the shown plan and says yes to what it loses. */
export function lossCommand(app: AppState): string {
  const screen = topScreen(app)
  if (screen?.kind !== 'plan') return commandLike(app, 'upgrade', '--allow-destructive')
  const name = screen.direction === 'up' ? 'upgrade' : 'downgrade'
  return commandLike(app, name, screen.target, '--allow-destructive')
}
