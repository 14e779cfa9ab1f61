/** One change of a review: what it does, what it puts at risk, its statements, and the way back. */
import { counted } from '../../../present/text-width.js'
import type { ChangeDocument, RenameQuestion } from '../../../workflows/documents.js'
import { highlighted } from '../../draw/highlight.js'
import type { Part } from '../../draw/line.js'
import { piece } from '../../draw/line.js'
import { wrapped } from '../../draw/overlay.js'
import type { Style, UiTheme } from '../../draw/theme.js'
import { uiTheme } from '../../draw/theme.js'
import type { View } from '../../draw/view.js'
import { answerTo, rowsLost, sidesOf } from '../../renames.js'
import type { AppState } from '../../state.js'
import { hazardText } from '../diff/explain-lines.js'
import { reviewPlaces } from './places.js'
import { fillFor, fillKey, isSplit, isTicked, selectedRow } from './rows.js'
import type { ReviewScreen } from './state.js'

type Line = readonly Part[]

const COUNTING = uiTheme({ colour: false, unicode: true })

/** How many lines the selected row has at the width that it is drawn with. */
export function detailLength(app: AppState, screen: ReviewScreen): number {
  const { width } = reviewPlaces(app, screen).detail
  return reviewDetail({ app, theme: COUNTING }, screen, width - 2).length
}

/** The lines of the selected row. */
export function reviewDetail(view: View, screen: ReviewScreen, width: number): readonly Line[] {
  const row = selectedRow(view.app, screen)
  switch (row?.kind) {
    case undefined:
      return []
    case 'question':
      return questionLines(view, row.question, width)
    case 'change':
      return changeLines(view, screen, { change: row.change, width })
  }
}

/** A whole change as text in lines of at most `width` columns, both ways. */
export function wholeChange(change: ChangeDocument, width: number): readonly string[] {
  const sql = (statements: readonly string[]): readonly string[] =>
    statements.length === 0
      ? ['  no statement']
      : statements.flatMap((one) => wrapped(`${one};`, width - 2).map((line) => `  ${line}`))
  return [
    ...wrapped(change.summary, width),
    ...change.hazards.flatMap((hazard) => wrapped(`! ${hazardText(hazard)}`, width)),
    '',
    'upgrade',
    ...sql(change.up),
    '',
    'downgrade',
    ...sql(change.down),
    '',
    ...wrapped(backText(change), width),
  ]
}

/** What the way back brings back. */
function backText({ destructive, down }: ChangeDocument): string {
  if (down.length === 0) return 'Nothing undoes it.'
  return destructive
    ? 'A downgrade makes it again as it was, but without the values that were in it.'
    : 'A downgrade undoes it whole.'
}

function questionLines(
  { app, theme }: View,
  question: RenameQuestion,
  width: number,
): readonly Line[] {
  const document = app.comparison.value
  const { drop } =
    document === null ? { drop: null } : sidesOf(answerTo(question, document), document)
  const rows = rowsLost(drop)
  return [
    ...say(`Is ${question.to} the renamed ${question.from}?`, { theme, width }, theme.strong),
    ...question.evidence.flatMap((text) =>
      say(`${theme.signs.waiting} ${text}`, { theme, width }, null),
    ),
    [],
    ...say(
      rows === null
        ? 'As a rename it keeps its values; as drop and add it loses them.'
        : `As a rename it keeps ${counted(rows, 'value')}; as drop and add it loses them.`,
      { theme, width },
      null,
    ),
    [],
    ...say(
      'enter answers. Until then it stands below as drop and add.',
      { theme, width },
      theme.name,
    ),
  ]
}

function changeLines(
  { app, theme }: View,
  screen: ReviewScreen,
  { change, width }: { readonly change: ChangeDocument; readonly width: number },
): readonly Line[] {
  const looks = { theme, width }
  const statements = screen.showsDown ? change.down : change.up
  return [
    ...say(change.summary, looks, theme.strong),
    ...say(placeText(app, screen, change), looks, theme.faint),
    ...(change.hazards.length === 0
      ? [[piece('  Nothing at risk.', theme.good)]]
      : change.hazards.flatMap((hazard) =>
          say(
            `${theme.signs.danger} ${hazardText(hazard)}`,
            looks,
            change.destructive ? theme.bad : theme.warn,
          ),
        )),
    ...fillLines(app, screen, { change, looks }),
    [],
    [
      piece(screen.showsDown ? ' Downgrade SQL' : ' Upgrade SQL', theme.strong),
      piece(screen.showsDown ? '  v shows the way there' : '  v shows the way back', theme.faint),
    ],
    ...(statements.length === 0 ? [[piece('  no statement', theme.faint)]] : []),
    ...statements.flatMap((sql) =>
      highlighted(`${sql};`, 'sql', theme).map((line): Line => ['  ', ...line]),
    ),
    [],
    ...say(backText(change), looks, change.destructive ? theme.warn : theme.faint),
  ]
}

function placeText(app: AppState, screen: ReviewScreen, { id }: ChangeDocument): string {
  if (!isTicked(screen, id)) return 'Left out: the next comparison finds it again.'
  const document = app.comparison.value
  const part = screen.second.has(id) ? 1 : 0
  const message = screen.messages[part]
  const words = message === null ? '' : `: ${message}`
  return document !== null && isSplit(document, screen)
    ? `In revision ${part + 1} of 2${words}`
    : `In the new revision${words}`
}

function fillLines(
  app: AppState,
  screen: ReviewScreen,
  { change, looks }: { readonly change: ChangeDocument; readonly looks: Looks },
): readonly Line[] {
  const fill = fillFor(app.comparison.value, change)
  if (fill === null) return []
  const { theme } = looks
  const rows = counted(fill.rows, 'row')
  const given = screen.fills.get(fillKey(fill))
  if (given === undefined) {
    return say(
      `${theme.signs.question} ${rows} need a value: f sets it, w asks for it`,
      looks,
      theme.warn,
    )
  }
  return given === null
    ? say(
        `${theme.signs.question} ${rows} need a value: a place in the script is marked`,
        looks,
        theme.warn,
      )
    : say(`${theme.signs.done} ${rows} get ${given}`, looks, theme.good)
}

interface Looks {
  readonly theme: UiTheme
  readonly width: number
}

/** Wrapped so that further lines stand under the first word after a sign. */
function say(text: string, { width }: Looks, style: Style | null): readonly Line[] {
  const isSigned = /^\S /u.test(text)
  const words = isSigned ? text.slice(2) : text
  const sign = isSigned ? text.slice(0, 2) : ''
  return wrapped(words, width - 2 - sign.length).map((line, index) => [
    piece(` ${index === 0 ? sign : ' '.repeat(sign.length)}${line}`, style),
  ])
}
