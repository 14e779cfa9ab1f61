/** What a revision does on one of its two sides: its statements, or its operations and hazards. */
import { cleanLine } from '../../../present/clean.js'
import type { EffectSide } from '../../../workflows/screens/screen-documents.js'
import { type Part, piece, wrapParts } from '../../draw/line.js'
import { highlighted } from '../../draw/highlight.js'
import { wrapped } from '../../draw/overlay.js'
import type { View } from '../../draw/view.js'

type Line = readonly Part[]

/** The statements of one side. */
export function sqlLines({ theme }: View, side: EffectSide, width: number): readonly Line[] {
  if (side.statements.length === 0) return [[piece('  no statement', theme.faint)]]
  return side.statements.flatMap((sql) =>
    highlighted(`${sql};`, 'sql', theme).flatMap((line) => wrapParts(['  ', ...line], width, 4)),
  )
}

/** What a side is to have undone; null where it comes first. */
function emptyText({ empty }: EffectSide, undone: EffectSide | null): string {
  if (!empty) return '  changes no schema'
  return undone?.empty === false ? '  does nothing: it does not undo the upgrade' : '  does nothing'
}

/** What one side does, what it puts at risk, and what could not be foreseen of it. */
export function sideLines(
  { theme }: View,
  side: EffectSide,
  { width, undone }: { readonly width: number; readonly undone: EffectSide | null },
): readonly Line[] {
  const said = side.operations.flatMap((text) =>
    wrapped(cleanLine(text), width - 4).map((line, index): Line => [
      index === 0 ? `  ${signFor(text, theme)} ` : '    ',
      line,
    ]),
  )
  const hazards = side.hazards.flatMap(({ message }) =>
    wrapped(message, width - 4).map((line, index): Line => [
      piece(`  ${index === 0 ? theme.signs.danger : ' '} ${line}`, theme.bad),
    ]),
  )
  const open =
    side.unforeseen === null
      ? []
      : wrapped(side.unforeseen, width - 4).map((line, index): Line => [
          piece(`  ${index === 0 ? theme.signs.question : ' '} ${line}`, theme.warn),
        ])
  const all = [...said, ...hazards, ...open]
  if (all.length > 0) return all
  return [[piece(emptyText(side, undone), theme.faint)]]
}

function signFor(sentence: string, { signs }: View['theme']): string {
  if (/^(create|add)\b/i.test(sentence)) return signs.added
  if (/^(drop|remove)\b/i.test(sentence)) return signs.removed
  return signs.changed
}
