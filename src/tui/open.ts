/** Opens the screens on a terminal, and stays until they are left. */
import type { HostProject } from '../host/calls.js'
import type { ForkedHost } from '../host/fork-host.js'
import { uiTheme, type UiAbilities } from './draw/theme.js'
import type { EditorWords } from './editor.js'
import { createEffects } from './effects.js'
import type { Message } from './messages.js'
import { askOverview } from './overview.js'
import { startState, type StartFacts } from './state.js'
import { createStore } from './store.js'
import { summaryLines } from './summary.js'
import { streamsOf } from './terminal/streams.js'
import { isTicking, underWay } from './under-way.js'
import type { TerminalInput, TerminalOutput } from './terminal/terminal.js'

export interface OpenOptions {
  readonly project: HostProject
  /** A host for it that was started already; null starts one. */
  readonly host: ForkedHost | null
  readonly start: StartFacts
  readonly abilities: UiAbilities
  readonly stdin: TerminalInput
  readonly stdout: TerminalOutput & { readonly columns: number; readonly rows: number }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly editor: EditorWords
  /** What is printed when a fault of ours ends the screens. */
  readonly describe: (thrown: unknown) => string
}

/** How the screens were left. */
export interface Left {
  readonly exit: number
  /** What was done, for the normal screen. */
  readonly summary: readonly string[]
}

/** Milliseconds between two frames while something runs. */
const FRAME = 100

/** Shows the screens until they are left; the terminal is as it was then. */
export async function openScreens(options: OpenOptions): Promise<Left> {
  const { project, stdin, stdout } = options
  const streams = streamsOf(stdin, stdout)
  let exit = 0
  let leave = (): void => undefined
  const effects = createEffects({
    streams,
    project,
    host: options.host,
    env: options.env,
    editor: options.editor,
    send: (message) => {
      store.send(message)
    },
    quit: (code) => {
      exit = code
      leave()
    },
  })
  const size = { columns: streams.frames.columns, rows: streams.frames.rows }
  const [first, begun] = askOverview(startState(options.start, { project, size, now: Date.now() }))
  const store = createStore(first, { perform: effects.perform, clock: Date.now })
  const send = (message: Message): void => {
    store.send(message)
  }
  streams.keys.on('key', (key) => {
    send({ kind: 'key', key })
  })
  streams.keys.on('paste', (text) => {
    send({ kind: 'paste', text })
  })
  streams.frames.on('resize', () => {
    send({ kind: 'resized', size: { columns: streams.frames.columns, rows: streams.frames.rows } })
  })
  const ticking = setInterval(() => {
    if (isTicking(store.state())) send({ kind: 'tick' })
  }, FRAME)
  for (const effect of begun) effects.perform(effect)
  try {
    // Loaded while the host starts, which takes as long.
    const { show } = await import('./show.js')
    await show({
      store,
      streams,
      theme: uiTheme(options.abilities),
      ready: (exitInk) => {
        leave = exitInk
      },
      guard: {
        describe: options.describe,
        onSignal: (signal) => {
          if (signal === 'SIGQUIT' || underWay(store.state()) === null) return false
          send({ kind: 'told', signal })
          return true
        },
      },
    })
  } finally {
    clearInterval(ticking)
    effects.close()
  }
  return { exit, summary: summaryLines(store.state()) }
}
