/** The command line that writes what a review would write. */
import { renameWord } from '../../../answer-word.js'
import { commandLike } from '../../commands-like.js'
import { comparedDocument } from '../../comparison.js'
import type { AppState } from '../../state.js'
import type { ReviewScreen } from './state.js'

/** `migrate-tui migrate -m … --rename users.name:full_name`; it writes all changes, in one revision. */
export function reviewCommand(app: AppState, screen: ReviewScreen): string {
  const { renames, dropUnmanaged } = app.answers
  const [message] = screen.messages
  const isPartial = (comparedDocument(app)?.failures.length ?? 0) > 0
  return commandLike(
    app,
    'migrate',
    ...(message === null ? [] : ['-m', message]),
    ...renames.flatMap(({ table, column, to }) => ['--rename', renameWord({ table, column, to })]),
    ...[...screen.fills].flatMap(([column, sql]) =>
      sql === null ? [] : ['--fill', `${column}=${sql}`],
    ),
    ...dropUnmanaged.flatMap((table) => ['--drop-unmanaged', table]),
    ...(isPartial ? ['--partial'] : []),
  )
}

/** Whether the command writes the same: it cannot leave out, move or split. */
export function isCommandEqual({ order, leftOut, second }: ReviewScreen): boolean {
  return order === null && leftOut.size === 0 && second.size === 0
}
