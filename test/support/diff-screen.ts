/** The screen of differences in tests: opened, acted on, and read as lines. */
import type { DiffAction } from '../../src/tui/screens/diff/keys.js'
import { diffScreenLines } from '../../src/tui/screens/diff/lines.js'
import type { DiffScreen } from '../../src/tui/screens/diff/state.js'
import { diffScreen } from '../../src/tui/screens/diff/state.js'
import { diffAction, diffMove } from '../../src/tui/screens/diff/update.js'
import type { AppState } from '../../src/tui/state.js'
import { appState, textOf, viewOf } from './tui.js'

export const openDiff = (more: Partial<AppState> = {}): AppState => appState(more, diffScreen())

export function screenOf(app: AppState): DiffScreen {
  const screen = app.screens.at(-1)
  if (screen?.kind !== 'diff') throw new Error('The diff is not shown.')
  return screen
}

export function act(app: AppState, ...actions: readonly DiffAction[]): AppState {
  return actions.reduce((next, action) => diffAction(next, screenOf(next), action)[0], app)
}

export function down(app: AppState, times = 1): AppState {
  return Array.from({ length: times }).reduce<AppState>(
    (next) => diffMove(next, screenOf(next), 'down')[0],
    app,
  )
}

export function linesOf(app: AppState): readonly string[] {
  return diffScreenLines(viewOf(app), screenOf(app)).map(textOf)
}
