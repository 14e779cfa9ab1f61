/** What keys do in the log. */
import type { MoveAction } from '../../keys/everywhere.js'
import { movedTo } from '../../keys/everywhere.js'
import { layoutOf } from '../../layout.js'
import type { Step } from '../../messages.js'
import type { AppState } from '../../state.js'
import { noticed, withScreen } from '../../changed.js'
import type { LogAction } from './keys.js'
import { logText } from './lines.js'
import type { LogScreen } from './state.js'

/** What the only action leads to: the commands that would do the same, copied. */
export function logAction(app: AppState, _screen: LogScreen, _action: LogAction): Step {
  const commands = app.log.flatMap(({ command }) => (command === null ? [] : [command]))
  if (commands.length === 0) return [noticed(app, 'Nothing ran yet.'), []]
  return [app, [{ kind: 'copy', text: commands.join('\n'), what: 'The commands' }]]
}

/** Scrolls. */
export function logMove(app: AppState, screen: LogScreen, action: MoveAction): Step {
  const page = layoutOf(app).bodyRows - 2
  const count = Math.max(1, logText(app, app.size.columns - 2).length - page + 1)
  const top = movedTo(action, Math.min(screen.top, count - 1), { count, page })
  return [withScreen(app, { ...screen, top }), []]
}
