/** What stands over a screen is whole at every size. */
import { expect, test } from 'vitest'
import { bindingsOf } from '../../src/tui/bindings.js'
import { placedPopup, popupText } from '../../src/tui/popups/lines.js'
import type { Popup } from '../../src/tui/popups/popup.js'
import { logLines } from '../../src/tui/screens/log/lines.js'
import { outputLines } from '../../src/tui/screens/output/lines.js'
import { planScreen } from '../../src/tui/screens/plan/state.js'
import { reviewScreen } from '../../src/tui/screens/review/state.js'
import type { AppState, Screen } from '../../src/tui/state.js'
import { textField } from '../../src/tui/text-field.js'
import { appState, SIZES, textOf, viewOf } from '../support/tui.js'
import { walking } from '../support/walk.js'

/** All the lines of a popup, read page by page. */
function linesOf(app: AppState, popup: Popup): readonly string[] {
  const { length, page } = popupText(app, popup)
  const tops = Array.from({ length: Math.max(1, length - page + 1) }, (_, index) => index)
  const seen = tops.map((top) => placedPopup(viewOf(app), { ...popup, top } as Popup).lines)
  const inner = seen.map((lines) => lines.slice(1, -1).map((line) => textOf(line).slice(1, -1)))
  return [...(inner[0] ?? []), ...inner.slice(1).map((lines) => lines.at(-1) ?? '')]
}

/** Words without the breaks between them. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, '')
}

const SCREENS: readonly (Screen | null)[] = [null, reviewScreen(), planScreen('up', 'heads')]

test.each(SIZES)('the help tells every key whole at $columns columns', (size) => {
  for (const screen of SCREENS) {
    const app = appState({ size }, screen)
    const lines = linesOf(app, { kind: 'help', top: 0 })
    for (const line of lines) expect(line).not.toContain('…')
    const right = flat(lines.map((line) => line.slice(21)).join(''))
    for (const one of bindingsOf(app)) {
      const why = one.unavailable?.(app) ?? ''
      expect(right).toContain(flat(one.help))
      expect(right).toContain(flat(why))
    }
    // Between the keys and the text there is room.
    for (const line of lines) expect(line.slice(19, 21)).toMatch(/^ {2}$|^[A-Za-z]/)
  }
})

test.each(SIZES)('the name that is to be typed is whole at $columns columns', (size) => {
  const object = 'public.customers_of_the_northern_region.legacy_reference_number_before_2019'
  const message = `dropping the column ${object} loses its values: 8,112 of them`
  const popup: Popup = {
    kind: 'loss',
    asks: { object, rows: 8112, message },
    slot: 'run',
    ticket: 1,
    question: 1,
    field: textField('publ'),
    openedAt: 0,
  }
  const app = appState({ size }, planScreen('up', 'heads'))
  const text = flat(
    placedPopup(viewOf(app), popup)
      .lines.map((line) => textOf(line).slice(1, -1))
      .join(''),
  )
  expect(text).toContain(`Type${object}togoon:>publ`)
  expect(text).toContain('Sameas:migrate-tuiupgradeheads--allow-destructive')
})

test('the title of an output is the command line that y copies', () => {
  const words = ['revision', '-m', 'x y']
  const lines: readonly string[] = []
  const shown = { id: 1, words, into: null, lines, exit: 0, top: 0, follows: true }
  const screen = { kind: 'output', ...shown } as const
  const [top = ''] = outputLines(viewOf(appState({}, screen)), screen)
  expect(textOf(top)).toContain("migrate-tui revision -m 'x y'")
})

test('a command that ended without a word is told from one that has said nothing yet', () => {
  const screen = { id: 1, words: ['branches'], into: null, lines: [], top: 0, follows: true }
  const shown = (exit: number | null): string => {
    const now = { ...screen, kind: 'output', exit } as const
    return outputLines(viewOf(appState({}, now)), now)
      .map(textOf)
      .join('')
  }
  expect(shown(0)).toContain('It printed nothing.')
  expect(shown(null)).not.toContain('printed nothing')
})

test('one entry of the log is one', () => {
  const entry = {
    at: 0,
    tone: 'plain',
    text: 'x',
    lines: [],
    command: null,
    about: null,
    isOver: false,
  } as const
  const app = appState({ log: [entry] })
  expect(logLines(viewOf(app), { kind: 'log', top: 0 }).at(-1)).toContain(' 1 entry ')
})

test.each([
  ['a control character', 'c\u001b[2Jol', 'c·ol'],
  ['the same on a screen of ASCII', 'c\u001b[2Jol', 'c-ol'],
  ['a line break', 'a\nb', 'a⏎b'],
  ['a space at its end', 'note ', 'note'],
  ['letters put together otherwise', 'e\u0301t\u0065\u0301', '\u00e9t\u00e9'],
])('a name with %s is typed as it is shown', (_what, object, shownAs) => {
  const answersTo = (typed: string): unknown => {
    const asks = { object, rows: 1, message: '' }
    const call = { slot: 'run', ticket: 1, question: 1 } as const
    const popup = { kind: 'loss', asks, ...call, field: textField(typed), openedAt: 0 } as const
    const walk = walking({ popups: [popup] })
    walk.press('enter')
    return walk.effects.at(-1)
  }
  expect(answersTo(shownAs)).toMatchObject({ kind: 'answer', value: true })
  expect(answersTo(`${shownAs}x`)).toBe(undefined)
})
