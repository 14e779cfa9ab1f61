/** Where lines go: how they are styled, and how wide they may be. */
import { themeFor } from './theme.js'
import type { Abilities, Theme } from './theme.js'

export interface Look {
  readonly theme: Theme
  /** Columns of the terminal; null in a pipe, where lines are never cut or padded. */
  readonly width: number | null
}

/** The look of a stream; `width` is null where it is no terminal. */
export function lookOf(abilities: Abilities, width: number | null): Look {
  return { theme: themeFor(abilities), width }
}
