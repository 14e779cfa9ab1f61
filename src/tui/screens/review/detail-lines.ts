/** One change of a review: what it does, what it puts at risk, its statements, and the way back. */
import { cleanLine } from '../../../present/clean.js'
import { counted } from '../../../present/text-width.js'
import type { ChangeDocument, RenameQuestion } from '../../../workflows/documents.js'
import { comparedDocument } from '../../comparison.js'
import { highlighted } from '../../draw/highlight.js'
import type { Part } from '../../draw/line.js'
import { piece, wrapParts } from '../../draw/line.js'
import { wrapped } from '../../draw/overlay.js'
import type { Style } from '../../draw/theme.js'
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
    ...wrapped(cleanLine(change.summary), width),
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
    ? 'A downgrade brings back the schema, not the values that were lost.'
    : 'A downgrade undoes it whole.'
}

function questionLines(
  { app, theme }: View,
  question: RenameQuestion,
  width: number,
): readonly Line[] {
  const document = comparedDocument(app)
  const { drop } =
    document === null ? { drop: null } : sidesOf(answerTo(question, document), document)
  const rows = rowsLost(drop)
  const what = rows === null ? 'its values' : counted(rows, 'value')
  return [
    ...say(`Is ${question.to} the renamed ${question.from}?`, { width, style: theme.strong }),
    ...question.evidence.flatMap((text) => say(text, { width, sign: theme.signs.waiting })),
    [],
    ...say(`As a rename it keeps ${what}; as drop and add it loses them.`, { width }),
    [],
    ...say('enter answers. Until then it stands below as drop and add.', {
      width,
      style: theme.name,
    }),
  ]
}

function changeLines(
  { app, theme }: View,
  screen: ReviewScreen,
  { change, width }: { readonly change: ChangeDocument; readonly width: number },
): readonly Line[] {
  const { showsDown } = screen
  const statements = showsDown ? change.down : change.up
  const risk = change.destructive ? theme.bad : theme.warn
  return [
    ...say(cleanLine(change.summary), { width, style: theme.strong }),
    ...say(placeText(app, screen, change), { width, style: theme.faint }),
    ...(change.hazards.length === 0
      ? say('Nothing at risk.', { width, style: theme.good })
      : change.hazards.flatMap((hazard) =>
          say(hazardText(hazard), { width, sign: theme.signs.danger, style: risk }),
        )),
    ...fillLines({ app, theme }, screen, { change, width }),
    [],
    [
      piece(showsDown ? ' Downgrade SQL' : ' Upgrade SQL', theme.strong),
      piece(showsDown ? '  v shows the way there' : '  v shows the way back', theme.faint),
    ],
    ...(showsDown ? [] : stepLines({ app, theme }, change, width)),
    ...(statements.length === 0 ? [[piece('  no statement', theme.faint)]] : []),
    ...statements.flatMap((sql) =>
      highlighted(`${sql};`, 'sql', theme).flatMap((line) => wrapParts(['  ', ...line], width, 4)),
    ),
    [],
    ...say(backText(change), { width, style: change.destructive ? theme.warn : theme.faint }),
  ]
}

function placeText(app: AppState, screen: ReviewScreen, { id }: ChangeDocument): string {
  if (!isTicked(screen, id)) return 'Left out: the next comparison finds it again.'
  const document = comparedDocument(app)
  const part = screen.second.has(id) ? 1 : 0
  const message = screen.messages[part]
  const words = message === null ? '' : `: ${message}`
  return document !== null && isSplit(document, screen)
    ? `In revision ${part + 1} of 2${words}`
    : `In the new revision${words}`
}

function fillLines(
  { app, theme }: View,
  screen: ReviewScreen,
  { change, width }: { readonly change: ChangeDocument; readonly width: number },
): readonly Line[] {
  const fill = fillFor(comparedDocument(app), change)
  if (fill === null) return []
  const rows = counted(fill.rows, 'row')
  const given = screen.fills.get(fillKey(fill))
  if (typeof given === 'string') {
    return say(`${rows} get ${given}`, { width, sign: theme.signs.done, style: theme.good })
  }
  const text =
    given === undefined
      ? `${rows} need a value: f sets it, w asks for it`
      : `${rows} need a value: the script has a marked place for it`
  return say(text, { width, sign: theme.signs.question, style: theme.warn })
}

/** A column that rows need values for is not written as the one statement that stands below. */
function stepLines({ app, theme }: View, change: ChangeDocument, width: number): readonly Line[] {
  if (fillFor(comparedDocument(app), change) === null) return []
  const first = change.kind === 'addColumn' ? 'added nullable, the rows filled' : 'the rows filled'
  return say(`Written in steps: ${first}, then made not null. In the end it is:`, {
    width,
    style: theme.faint,
  })
}

interface Saying {
  readonly width: number
  readonly style?: Style
  readonly sign?: string
}

/** Wrapped; further lines stand under the first word after the sign. */
function say(text: string, { width, style, sign }: Saying): readonly Line[] {
  const lead = sign === undefined ? '' : `${sign} `
  return wrapped(text, width - 2 - lead.length).map((line, index) => [
    piece(` ${index === 0 ? lead : ' '.repeat(lead.length)}${line}`, style ?? null),
  ])
}
