/** The help of a screen as lines: every key, what it does, and why it cannot be used. */
import { widthOf } from '../../present/text-width.js'
import { bindingsOf, SCREEN_KEYS, shownScreen } from '../bindings.js'
import type { Part } from '../draw/line.js'
import { piece } from '../draw/line.js'
import { wrapped } from '../draw/overlay.js'
import type { Style } from '../draw/theme.js'
import type { View } from '../draw/view.js'
import { EVERYWHERE, MOVES } from '../keys/everywhere.js'
import type { Binding } from '../keys/binding.js'
import { keysOf, keyText } from '../keys/binding.js'

type Line = readonly Part[]

/** Columns of the keys at the most, with the space after them; more keys go on below. */
const KEYS_WIDTH = 20
const GAP = 2

/** All keys of the shown screen, in two groups, each text whole within `room` columns. */
export function helpLines(view: View, room: number): readonly Line[] {
  const { theme } = view
  const line = (one: Binding): readonly Line[] => keyLines(view, one, room)
  const own = SCREEN_KEYS[shownScreen(view.app)]
  const all = bindingsOf(view.app)
  const isThere = (one: Binding): boolean => all.includes(one)
  return [
    ...own.flatMap(line),
    [],
    [piece('Moving', theme.strong)],
    ...MOVES.filter(isThere).flatMap(line),
    [],
    [piece('Everywhere', theme.strong)],
    ...EVERYWHERE.filter(isThere).flatMap(line),
  ]
}

function keyLines({ app, theme }: View, one: Binding, room: number): readonly Line[] {
  const why = one.unavailable?.(app) ?? null
  const keys = keysOf(one, app.keys).map((key) => keyText(key))
  const left = wrapped(keys.join(' '), KEYS_WIDTH - GAP)
  const right = textLines({ help: one.help, why }, room - KEYS_WIDTH, theme)
  const style = why === null ? theme.name : theme.faint
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => [
    piece((left[index] ?? '').padEnd(KEYS_WIDTH), style),
    ...(right[index] ?? []),
  ])
}

/** What a key does, and beside or below it why it cannot be used. */
function textLines(
  { help, why }: { readonly help: string; readonly why: string | null },
  width: number,
  theme: View['theme'],
): readonly Line[] {
  const lines = (text: string, style: Style | null): readonly Line[] =>
    wrapped(text, width).map((line) => [piece(line, style)])
  if (why === null) return lines(help, null)
  const isOneLine = widthOf(help) + 2 + widthOf(why) <= width
  if (isOneLine) return [[piece(help, theme.faint), piece(`  ${why}`, theme.warn)]]
  return [...lines(help, theme.faint), ...lines(why, theme.warn)]
}
