/** The question whether two are one and the same, as lines: what speaks for it, the answers, the command. */
import { renameWord } from '../../answer-word.js'
import { cleanLine } from '../../present/clean.js'
import { counted, pad, widthOf, grouped } from '../../present/text-width.js'
import type { RenameAnswer } from '../../workflows/options.js'
import type { SampleDocument } from '../../workflows/screens/screen-documents.js'
import { commandLike } from '../commands-like.js'
import { comparedDocument } from '../comparison.js'
import type { Part } from '../draw/line.js'
import { piece } from '../draw/line.js'
import { wrapped } from '../draw/overlay.js'
import type { Style, UiTheme } from '../draw/theme.js'
import type { View } from '../draw/view.js'
import { answerTo, namesOf, rowsLost, sidesOf } from '../renames.js'
import type { AppState } from '../state.js'
import type { Popup, PopupBody } from './popup.js'

type RenamePopup = Extract<Popup, { readonly kind: 'rename' }>

/** The question with what speaks for it, the answers, and the command that says yes. */
export function renameBody(view: View, popup: RenamePopup, width: number): PopupBody {
  const { app, theme } = view
  const { asks, samples, selected } = popup
  const facts = factsOf(app, popup)
  const say = (text: string, style: Style | null = null): readonly (readonly Part[])[] =>
    wrapped(text, width).map((line) => [piece(line, style)])
  const above = [
    ...say(
      `The models no longer have ${asks.from}${inBrackets(facts.before)}, and now have ${asks.to}${inBrackets(facts.after)}.`,
    ),
    ...say(`What speaks for a rename: ${asks.evidence.join(', ')}.`, theme.faint),
    ...(samples === null ? [] : say(samplesText(samples, facts.old))),
    [],
  ]
  const choices = choicesOf(facts).map((choice, index) =>
    choiceLines(choice, { theme, width, isSelected: selected === index }),
  )
  // Until one is selected, all answers are to be seen.
  const before = selected === null ? 0 : choices.slice(0, selected).flat().length
  const seen = selected === null ? choices.flat() : (choices[selected] ?? [])
  const from = above.length + before
  return {
    lines: [
      ...above,
      ...choices.flat(),
      [],
      ...say(
        `Same as: ${commandLike(app, 'migrate', '--rename', renameWord(facts.pair))}`,
        theme.faint,
      ),
    ],
    seen: { from, to: from + seen.length },
  }
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

/** The consequence stands at the end of the line, or below where both have no room on one. */
function choiceLines(
  { key, label, detail }: RenameChoice,
  { theme, width, isSelected }: Looks,
): readonly (readonly Part[])[] {
  const marker = ` ${isSelected ? theme.signs.marker : ' '} `
  const indent = ' '.repeat(marker.length + key.length + 2)
  const [clean, end] = [cleanLine(label), cleanLine(detail)]
  const room = width - indent.length
  const line = (lead: readonly Part[], text: string, style: Style | null): readonly Part[] =>
    isSelected
      ? [piece(`${flatText(lead)}${pad(text, room)}`, theme.inverse)]
      : [...lead, piece(text, style)]
  const lead = [marker, piece(key, theme.name), '  ']
  if (widthOf(clean) + 1 + widthOf(end) <= room) {
    const middle = pad(clean, room - widthOf(end))
    return isSelected
      ? [line(lead, `${middle}${end}`, null)]
      : [[...lead, middle, piece(end, theme.faint)]]
  }
  return [
    ...wrapped(clean, room).map((text, index) => line(index === 0 ? lead : [indent], text, null)),
    ...wrapped(end, room).map((text) => line([indent], text, theme.faint)),
  ]
}

function flatText(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')
}

function samplesText(samples: SampleDocument | 'loading', old: string): string {
  if (samples === 'loading') return `Reading values of ${old} …`
  const { values, rows, samples: texts } = samples
  if (values === 0) return `None of ${counted(rows, 'row')} has a value in ${old}.`
  const such = texts.map((text) => `"${text}"`).join('  ')
  return `${grouped(values)} of ${counted(rows, 'row')} ${values === 1 ? 'has' : 'have'} a value in ${old}, such as ${such}`
}

function inBrackets(text: string): string {
  return text === '' ? '' : ` (${text})`
}
