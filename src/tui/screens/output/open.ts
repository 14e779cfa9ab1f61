/** Runs a command line, and shows what it prints. */
import type { Step } from '../../messages.js'
import type { AppState } from '../../state.js'
import type { OutputScreen } from './state.js'

/**
 * The output of a command over the screen that is shown; the command runs by itself. Its result goes
 * into a file where one is named.
 */
export function runCommand(
  app: AppState,
  words: readonly string[],
  into: string | null = null,
): Step {
  const id = app.nextTicket
  const screen: OutputScreen = {
    kind: 'output',
    id,
    words,
    into,
    lines: [],
    exit: null,
    top: 0,
    follows: true,
  }
  const known = app.start.commands.find((one) => one.name === words[0])
  const running = { id, words, into, changes: known?.onlyReads !== true, isStopping: false }
  const commands = new Map(app.commands).set(id, running)
  return [
    { ...app, nextTicket: id + 1, commands, screens: [...app.screens, screen] },
    [{ kind: 'command', id, words, into, project: app.project }],
  ]
}
