/** Names and values under each other. */
import type { Look } from './look.js'
import { pad, widthOf } from './text-width.js'

export interface Field {
  readonly name: string
  /** Clean, styled or not; empty leaves the field out. */
  readonly text: string
}

/** `Name   value` with the values aligned at a terminal, `Name: value` in a pipe. */
export function fieldLines(fields: readonly Field[], look: Look): readonly string[] {
  const shown = fields.filter(({ text }) => text !== '')
  if (look.width === null) return shown.map(({ name, text }) => `${name}: ${text}`)
  const width = Math.max(0, ...shown.map(({ name }) => widthOf(name)))
  return shown.map(({ name, text }) => `${look.theme.faint(pad(name, width))}  ${text}`)
}
