/** Runs a command line, and shows what it prints. */
import type { Step } from '../../messages.js'
import type { AppState } from '../../state.js'
import type { OutputScreen } from './state.js'

/** The output of a command over the screen that is shown; the command runs by itself. */
export function runCommand(app: AppState, words: readonly string[]): Step {
  const id = app.nextTicket
  const screen: OutputScreen = {
    kind: 'output',
    id,
    words,
    lines: [],
    exit: null,
    top: 0,
    follows: true,
  }
  return [
    { ...app, nextTicket: id + 1, screens: [...app.screens, screen] },
    [{ kind: 'command', id, words, project: app.project }],
  ]
}
