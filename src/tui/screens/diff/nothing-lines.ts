/** What stands in place of differences: none were found, they are looked for, or that failed. */
import { afterword } from '../../../present/comparison-lines.js'
import { lookOf } from '../../../present/look.js'
import type { ReviewDocument } from '../../../workflows/screens/screen-documents.js'
import type { Part } from '../../draw/line.js'
import { piece } from '../../draw/line.js'
import { fitted, wrapped } from '../../draw/overlay.js'
import { paneLines } from '../../draw/pane.js'
import type { View } from '../../draw/view.js'
import { layoutOf } from '../../layout.js'
import { failureLines } from '../tree/detail-lines.js'

/** The body: a pane that says what was compared, so that "no difference" can be believed. */
export function nothingLines(view: View, title: string): readonly string[] {
  const { app, theme } = view
  const { columns } = app.size
  const { isLoading, value, failure } = app.comparison
  return paneLines(
    {
      title: [title],
      foot: isLoading && (value !== null || failure !== null) ? 'comparing …' : '',
      lines: fitted(textOf(view, columns - 4), columns - 2),
      isActive: true,
      width: columns,
      height: layoutOf(app).bodyRows,
    },
    theme,
  )
}

function textOf({ app, theme }: View, width: number): readonly (readonly Part[])[] {
  const { value, failure } = app.comparison
  if (failure !== null) return failureLines(failure, width, theme).map((line) => [' ', ...line])
  if (value === null) return [[piece(' Comparing models and database …', theme.faint)]]
  const say = (text: string, style: typeof theme.good | null): readonly (readonly Part[])[] =>
    wrapped(text, width).map((line) => [' ', piece(line, style)])
  const [verdict = '', ...compared] = comparedText(value)
  return [
    [],
    ...say(verdict, theme.strong),
    ...compared.flatMap((text) => say(text, null)),
    ...value.notes.flatMap(({ where, message }) => [
      [],
      ...say(where, theme.strong),
      ...say(message, null),
    ]),
  ]
}

/** The verdict, and what was compared; not wrapped. */
function comparedText(document: ReviewDocument): readonly string[] {
  const [, , , verdict] = afterword(document, lookOf({ colour: false, unicode: true }, null))
  return verdict
}
