/** Puts the screens on the terminal: the part of opening them that needs Ink and React. */
import { App, type AppProps } from './app.js'
import { readyToHighlight } from './draw/highlight.js'
import type { GuardOptions } from './terminal/guard.js'
import { mount } from './terminal/mount.js'
import type { Streams } from './terminal/streams.js'

export interface ShowOptions extends AppProps {
  readonly streams: Streams
  readonly guard: GuardOptions
}

/** Resolves once the screens were left and the terminal is given back. */
export async function show({ streams, guard, ...app }: ShowOptions): Promise<void> {
  // Behind the first frame, while the project is still looked at.
  const warming = setTimeout(readyToHighlight, 0)
  await mount(<App {...app} />, streams, guard)
  clearTimeout(warming)
}
