/** A question that the screen is too small for: what answers it is seen, and all of it can be read. */
import { expect, test } from 'vitest'
import { topPopup, withTopPopup } from '../../src/tui/changed.js'
import { askRename } from '../../src/tui/popups/ask-rename.js'
import { placedPopup } from '../../src/tui/popups/lines.js'
import type { Popup } from '../../src/tui/popups/popup.js'
import { reviewScreen } from '../../src/tui/screens/review/state.js'
import { textField } from '../../src/tui/text-field.js'
import { appState, comparedWith, textOf, viewOf } from '../support/tui.js'
import type { Walking } from '../support/walk.js'
import { walking } from '../support/walk.js'

const SMALL = { size: { columns: 60, rows: 15 } }

function shown({ state }: Walking): string {
  const popup = topPopup(state())
  if (popup === null) throw new Error('Nothing is asked.')
  return placedPopup(viewOf(state()), popup)
    .lines.map((line) => textOf(line))
    .join('\n')
}

/** Everything that is seen of a popup between its two ends. */
function readWhole(walk: Walking): string {
  walk.press('pageUp', 'pageUp', 'pageUp', 'pageUp')
  const pages = [shown(walk)]
  for (let page = 0; page < 6; page += 1) {
    walk.press('pageDown')
    pages.push(shown(walk))
  }
  return pages.join('\n').replaceAll(/[│\s]+/g, '')
}

const many: Popup = {
  kind: 'choice',
  title: 'Databases',
  text: [],
  choices: Array.from({ length: 40 }, (_, index) => ({
    key: index < 9 ? String(index + 1) : '',
    label: `tenant_${index}`,
    detail: '',
    does: { kind: 'nothing' },
  })),
  selected: 0,
  takesEnter: true,
  command: null,
}

test('the selected of many choices is seen, wherever it is', () => {
  const walk = walking({ ...SMALL, popups: [many] })
  expect(shown(walk)).toContain('▸ 1  tenant_0 ')
  walk.press('end')
  expect(shown(walk)).toMatch(/▸ +tenant_39 /)
  walk.press('up', 'up')
  expect(shown(walk)).toMatch(/▸ +tenant_37 /)
  walk.press('home')
  expect(shown(walk)).toContain('▸ 1  tenant_0 ')
})

test('a choice is told whole with what follows from it, on as many lines as that takes', () => {
  const detail =
    'a script in your project; the database stays as it is until that script is applied'
  const choice = { key: 'y', label: 'yes, write it', detail, does: { kind: 'nothing' } } as const
  const popup: Popup = { ...many, choices: [choice] }
  const text = shown(walking({ ...SMALL, popups: [popup] }))
  expect(text).not.toContain('…')
  expect(text.replaceAll(/[│\s]+/g, '')).toContain(`yyes,writeit${detail.replaceAll(' ', '')}`)
})

const OLD = 'legacy_reference_number_of_the_system_before'
const NEW = 'reference_number_of_the_system_that_was_replaced'

function longQuestion(): Walking {
  const question = {
    kind: 'column',
    score: 0.75,
    from: `users.${OLD}`,
    to: NEW,
    flag: `--rename users.${OLD}:${NEW}`,
    evidence: ['same type text', 'the names are alike (0.75)', 'the same place in the table'],
  } as const
  const app = comparedWith(appState(SMALL, reviewScreen()), { renames: [question] })
  return walking(askRename(app, { asked: 0, skipped: new Set() }))
}

test('the answers to a rename are seen at once, none of them cut', () => {
  const text = shown(longQuestion())
  for (const key of ['r', 'n', 's']) expect(text).toMatch(new RegExp(`^│ +${key}  \\w`, 'm'))
  expect(text).not.toContain('…')
})

test('all of a rename question can be read where it has no room, and it says by which key', () => {
  const walk = longQuestion()
  expect(shown(walk)).toMatch(/PgUp|PgDn/)
  const text = readWhole(walk)
  expect(text).toContain(`Themodelsnolongerhaveusers.${OLD}`)
  expect(text).toContain('sameplaceinthetable')
  expect(text).toContain(`Sameas:migrate-tuimigrate--renameusers.${OLD}:${NEW}`)
  walk.press('pageUp', 'pageUp', 'down')
  expect(shown(walk)).toMatch(/▸ r/)
})

test('the line that is typed is seen under a loss that takes many words', () => {
  const asks = {
    object: 'notes',
    rows: 3,
    message: `dropping it ${'loses what is in it '.repeat(40)}`,
  }
  const call = { slot: 'run', ticket: 1, question: 1 } as const
  const popup: Popup = { kind: 'loss', asks, ...call, field: textField('not'), openedAt: 0 }
  const walk = walking({ ...SMALL, popups: [popup] })
  expect(shown(walk)).toContain('> not')
  expect(shown(walk)).toContain('esc keep everything ╯')
  expect(readWhole(walk)).toContain('Droppingit')
  walk.press('e')
  expect(shown(walk)).toContain('> note')
})

test('where everything has room, the keys of pages move among the choices as before', () => {
  const few: Popup = { ...many, choices: many.choices.slice(0, 4) }
  const walk = walking({ popups: [few] })
  walk.press('pageDown')
  expect(topPopup(walk.state())).toMatchObject({ selected: 3 })
  expect(topPopup(withTopPopup(walk.state(), null))).toBeNull()
})

test('what a question said to one key is gone with the next', () => {
  const question = askRename(appState({}, reviewScreen()), { asked: 0, skipped: new Set() })
  const asked = walking(question)
  asked.press('enter')
  expect(asked.state().notice?.text).toContain('Choose first')
  asked.press('down')
  expect(asked.state().notice).toBeNull()
})
