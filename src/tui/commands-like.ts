/** The command line that does the same as a screen: it is shown, copied, and printed at the end. */
import type { AppState } from './state.js'

/** `migrate-tui upgrade 3f9a --database reports`, with the options that this session was started with. */
export function commandLike(app: AppState, ...words: readonly string[]): string {
  const { start, project, overview } = app
  const several = (overview.value?.databases.length ?? 1) > 1
  const database = several && project.database !== null ? ['--database', project.database] : []
  return ['migrate-tui', ...words, ...database, ...start.commandOptions].map(shellWord).join(' ')
}

/** A word as a shell reads it whole. */
export function shellWord(word: string): string {
  return /^[\w.:/@+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
