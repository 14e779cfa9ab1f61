/** The question whether a dropped and an added table or column are one and the same. */
import { cleanLine } from '../../present/clean.js'
import { counted, cut, pad, widthOf } from '../../present/text-width.js'
import type { RenameAnswer } from '../../workflows/options.js'
import type { SampleDocument } from '../../workflows/screens/screen-documents.js'
import { asking } from '../call.js'
import { commandLike } from '../commands-like.js'
import { comparedDocument } from '../comparison.js'
import type { Part } from '../draw/line.js'
import { piece } from '../draw/line.js'
import { wrapped } from '../draw/overlay.js'
import type { Style, UiTheme } from '../draw/theme.js'
import type { View } from '../draw/view.js'
import type { Step } from '../messages.js'
import { answerTo, namesOf, rowsLost, sidesOf } from '../renames.js'
import { renameAnswered, renamePutOff } from '../screens/review/answers.js'
import type { AppState } from '../state.js'
import { noticed, topPopup, withTopPopup } from '../changed.js'
import type { Popup } from './popup.js'

type RenamePopup = Extract<Popup, { readonly kind: 'rename' }>

/** The question with what speaks for it, the answers, and the command that says yes, before it is fitted. */
export function renameBody(
  view: View,
  popup: RenamePopup,
  width: number,
): readonly (readonly Part[])[] {
  const { app, theme } = view
  const { asks, samples } = popup
  const facts = factsOf(app, popup)
  const say = (text: string, style: Style | null = null): readonly (readonly Part[])[] =>
    wrapped(text, width).map((line) => [piece(line, style)])
  return [
    ...say(
      `The models no longer have ${asks.from}${inBrackets(facts.before)}, and now have ${asks.to}${inBrackets(facts.after)}.`,
    ),
    ...say(`What speaks for a rename: ${asks.evidence.join(', ')}.`, theme.faint),
    ...(samples === null ? [] : say(samplesText(samples, facts.old))),
    [],
    ...choicesOf(facts).map((choice, index) =>
      choiceParts(choice, { theme, width, isSelected: popup.selected === index }),
    ),
    [],
    ...say(
      `Same as: ${commandLike(app, 'migrate', '--rename', `${asks.from}:${asks.to}`)}`,
      theme.faint,
    ),
  ]
}

/** What a key does to the question. */
export function renameKey(app: AppState, popup: RenamePopup, key: string): Step {
  switch (key) {
    case 'r':
      return renameAnswered(app, true)
    case 'n':
      return renameAnswered(app, false)
    case 's':
      return renameAnswered(app, 'skip')
    case 'up':
    case 'k':
      return [withTopPopup(app, { ...popup, selected: moved(popup.selected, -1) }), []]
    case 'down':
    case 'j':
      return [withTopPopup(app, { ...popup, selected: moved(popup.selected, 1) }), []]
    case 'enter':
      return taken(app, popup.selected)
    case 'v':
      return askSamples(app, popup)
    case 'escape':
      return renamePutOff(app)
    default:
      return [app, []]
  }
}

/** The values that were asked for. */
export function samplesArrived(app: AppState, samples: SampleDocument): Step {
  const popup = topPopup(app)
  return popup?.kind === 'rename' ? [withTopPopup(app, { ...popup, samples }), []] : [app, []]
}

/** The values that were asked for could not be read. */
export function samplesFailed(app: AppState, message: string): Step {
  const popup = topPopup(app)
  if (popup?.kind !== 'rename') return [app, []]
  return [noticed(withTopPopup(app, { ...popup, samples: null }), message, 'bad'), []]
}

function moved(selected: number | null, by: -1 | 1): number {
  if (selected === null) return by > 0 ? 0 : 2
  return Math.max(0, Math.min(2, selected + by))
}

function taken(app: AppState, selected: number | null): Step {
  switch (selected) {
    case 0:
      return renameAnswered(app, true)
    case 1:
      return renameAnswered(app, false)
    case 2:
      return renameAnswered(app, 'skip')
    default:
      return [noticed(app, 'Choose first: r, n or s, or move to one.'), []]
  }
}

/** The database knows the table by the name that it has now, whatever was answered. */
function askSamples(app: AppState, popup: RenamePopup): Step {
  const { table, column } = answerTo(popup.asks, comparedDocument(app))
  if (column === null) return [noticed(app, 'Values can be shown of a column, not of a table.'), []]
  const before = app.answers.renames.find((one) => one.column === null && one.to === table)
  const loading = withTopPopup(app, { ...popup, samples: 'loading' })
  return asking(loading, 'samples', 'samples', { table: before?.table ?? table, column })
}

interface Facts {
  readonly pair: RenameAnswer
  readonly old: string
  /** What either side is: a type; empty where that is not known. */
  readonly before: string
  readonly after: string
  readonly rows: number | null
  /** Whether something is dropped where it is no rename. */
  readonly isDropped: boolean
}

function factsOf(app: AppState, { asks }: RenamePopup): Facts {
  const document = comparedDocument(app)
  const pair = answerTo(asks, document)
  const { drop } = document === null ? { drop: null } : sidesOf(pair, document)
  const rows = document?.tables.find((table) => namesOf(table).includes(pair.table))?.rows ?? []
  const row = (name: string): (typeof rows)[number] | undefined =>
    rows.find((one) => one.facet === 'column' && one.name === name)
  return {
    pair,
    old: pair.column ?? pair.table,
    before: pair.column === null ? '' : (row(pair.column)?.database ?? ''),
    after: pair.column === null ? '' : (row(pair.to)?.model ?? ''),
    rows: rowsLost(drop),
    isDropped: drop !== null,
  }
}

interface RenameChoice {
  readonly key: string
  readonly label: string
  readonly detail: string
}

function choicesOf({ pair, old, rows, isDropped }: Facts): readonly RenameChoice[] {
  const what = pair.column === null ? 'row' : 'value'
  const some = rows === null ? `its ${what}s` : counted(rows, what)
  return [
    { key: 'r', label: `rename ${old} to ${pair.to}`, detail: `keeps ${some}` },
    isDropped
      ? { key: 'n', label: `no: drop ${old}, add ${pair.to}`, detail: `loses ${some}` }
      : { key: 'n', label: `no: add ${pair.to}`, detail: `${old} stays` },
    { key: 's', label: 'skip: leave both out of this revision', detail: '' },
  ]
}

interface Looks {
  readonly theme: UiTheme
  readonly width: number
  readonly isSelected: boolean
}

/** The consequence stands at the end and is kept whole. */
function choiceParts(
  { key, label, detail }: RenameChoice,
  { theme, width, isSelected }: Looks,
): readonly Part[] {
  const end = cut(cleanLine(detail), Math.floor(width / 2))
  const marker = ` ${isSelected ? theme.signs.marker : ' '} `
  const room = Math.max(0, width - widthOf(marker) - widthOf(key) - widthOf(end) - 1)
  const middle = pad(cut(cleanLine(`  ${label}`), room), room)
  if (isSelected) return [piece(`${marker}${key}${middle} ${end}`, theme.inverse)]
  return [marker, piece(key, theme.name), `${middle} `, piece(end, theme.faint)]
}

function samplesText(samples: SampleDocument | 'loading', old: string): string {
  if (samples === 'loading') return `Reading values of ${old} …`
  const { values, rows, samples: texts } = samples
  if (values === 0) return `None of ${counted(rows, 'row')} has a value in ${old}.`
  const such = texts.map((text) => `"${text}"`).join('  ')
  return `${values.toLocaleString('en')} of ${counted(rows, 'row')} ${values === 1 ? 'has' : 'have'} a value in ${old}, such as ${such}`
}

function inBrackets(text: string): string {
  return text === '' ? '' : ` (${text})`
}
