/** What keys do in a command's output, and what the command prints. */
import { typedCommand } from '../../commands-like.js'
import type { MoveAction } from '../../keys/everywhere.js'
import { movedTo } from '../../keys/everywhere.js'
import { layoutOf } from '../../layout.js'
import type { Message, Step } from '../../messages.js'
import { askEverything } from '../../overview.js'
import type { AppState, Screen } from '../../state.js'
import { logged, withPopup, withScreen } from '../../changed.js'
import { textField } from '../../text-field.js'
import type { OutputAction } from './keys.js'
import { outputText } from './lines.js'
import type { OutputScreen } from './state.js'

/** Lines that are kept of an output; older ones are left out. */
const KEPT = 20_000

/** What an action leads to. */
export function outputAction(app: AppState, screen: OutputScreen, action: OutputAction): Step {
  switch (action) {
    case 'copyOutput': {
      const command = typedCommand(app, screen)
      return [
        withPopup(app, {
          kind: 'choice',
          title: 'Copy',
          text: [],
          choices: [
            {
              key: 'o',
              label: 'the output',
              detail: '',
              does: { kind: 'copy', text: screen.lines.join('\n'), what: 'The output' },
            },
            {
              key: 'c',
              label: 'the command line',
              detail: command,
              does: { kind: 'copy', text: command, what: 'The command line' },
            },
          ],
          selected: 0,
          takesEnter: true,
          command: null,
        }),
        [],
      ]
    }
    case 'runAgain': {
      const text = app.commandHistory.at(-1) ?? screen.words.join(' ')
      return [{ ...app, commandLine: { field: textField(text), back: 0, typed: text } }, []]
    }
  }
}

/** Scrolls. */
export function outputMove(app: AppState, screen: OutputScreen, action: MoveAction): Step {
  const page = layoutOf(app).bodyRows - 2
  const count = Math.max(1, outputText(app, screen).length - page + 1)
  const from = screen.follows ? count - 1 : screen.top
  const top = movedTo(action, from, { count, page })
  return [
    withScreen(app, { ...screen, top, follows: top === count - 1 && screen.exit === null }),
    [],
  ]
}

/** More lines of a command; one whose screen was closed is heard no more. */
export function commandPrinted(
  app: AppState,
  { id, lines }: Extract<Message, { readonly kind: 'commandPrinted' }>,
): AppState {
  return changed(app, id, (screen) => ({
    ...screen,
    lines: [...screen.lines, ...lines].slice(-KEPT),
  }))
}

/** A command has ended: what it may have changed is read again, its screen closed or not. */
export function commandEnded(
  app: AppState,
  { id, exit }: Extract<Message, { readonly kind: 'commandEnded' }>,
): Step {
  const command = app.commands.get(id)
  if (command === undefined) return [app, []]
  const commands = new Map(app.commands)
  commands.delete(id)
  const ended = changed({ ...app, commands }, id, (screen) => ({
    ...screen,
    exit,
    follows: false,
    top: screen.follows ? 0 : screen.top,
  }))
  const screen = app.screens.find((one) => one.kind === 'output' && one.id === id)
  const lines = screen?.kind === 'output' ? screen.lines.slice(0, 12) : null
  if (lines === null && !command.changes) return [ended, []]
  const entry = {
    tone: exit === 0 ? 'good' : exit === 3 ? 'plain' : 'bad',
    text: `${command.words.join(' ')}: exit code ${exit}`,
    lines: lines ?? [],
    command: typedCommand(app, command),
  } as const
  return askEverything(logged(ended, entry))
}

function changed(app: AppState, id: number, change: (screen: OutputScreen) => Screen): AppState {
  const screens = app.screens.map((screen) =>
    screen.kind === 'output' && screen.id === id ? change(screen) : screen,
  )
  return { ...app, screens }
}
