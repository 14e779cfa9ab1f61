/** Shows an Ink tree on the whole screen until it ends, and gives the terminal back. */
import { EventEmitter } from 'node:events'
import type { ReadStream, WriteStream } from 'node:tty'
import { render } from 'ink'
import type { ReactNode } from 'react'
import { watchContinued } from './continued.js'
import { guard } from './guard.js'
import type { GuardOptions } from './guard.js'
import type { Streams } from './streams.js'

/**
 * Resolves once the tree called `exit` of Ink's `useApp` and the terminal is as the shell had it.
 * @throws whatever the tree threw while it was drawn
 */
export async function mount(
  element: ReactNode,
  streams: Streams,
  options: GuardOptions,
): Promise<void> {
  const { terminal, keys, frames } = streams
  const release = guard(terminal, options)
  const stopWatching = watchContinued(streams)
  try {
    keys.start()
    terminal.enter()
    const { waitUntilExit } = render(element, {
      // Ink uses these members of a terminal: the size, `write`, `on` and `off`.
      stdout: frames as unknown as WriteStream,
      stdin: silentInput(),
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
    })
    await waitUntilExit()
  } finally {
    await keys.stop()
    frames.dispose()
    terminal.restore()
    stopWatching()
    release()
  }
}

/** Keys come from the key stream alone: with this, Ink refuses a component that listens by itself. */
function silentInput(): ReadStream {
  const silent = Object.assign(new EventEmitter(), { isTTY: false })
  return silent as unknown as ReadStream // Ink asks for nothing else while no component listens
}
