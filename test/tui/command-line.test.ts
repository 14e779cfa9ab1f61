/** The command line at the last row of the screens. */
import { expect, test } from 'vitest'
import { footerLines } from '../../src/tui/frame-lines.js'
import { appState, textOf, viewOf } from '../support/tui.js'
import { walking } from '../support/walk.js'

const MIGRATE = {
  name: 'migrate',
  summary: '',
  options: [],
  choices: [],
  takesRevisions: false,
  onlyReads: false,
}
const start = { ...appState().start, commands: [MIGRATE] }

test.each([
  ['migrate -m "unclosed', '"'],
  ["migrate -m don't", "'"],
  [`migrate -m "it's" 'so`, "'"],
])('%s is not run: the line stays, and the quote is named over it', (line, quote) => {
  const walk = walking({ start })
  walk.type(line)
  expect(walk.effects).toEqual([])
  expect(walk.state().commandHistory).toEqual([])
  const [notice = '', typed = ''] = footerLines(viewOf(walk.state())).map(textOf)
  expect(notice).toContain(`A ${quote} is opened and not closed.`)
  expect(typed).toContain(`:${line}`)
})

test('a quote that is closed then runs the line, as one word', () => {
  const walk = walking({ start })
  walk.type('migrate -m "two words')
  walk.press('"')
  expect(walk.state().notice).toBeNull()
  walk.press('enter')
  expect(walk.state().commandLine).toBeNull()
  expect(walk.effects).toMatchObject([{ kind: 'command', words: ['migrate', '-m', 'two words'] }])
})

test('a quote within the other kind of quotes opens nothing', () => {
  const walk = walking({ start })
  walk.type(`migrate -m "it's"`)
  expect(walk.effects).toMatchObject([{ words: ['migrate', '-m', "it's"] }])
})

test('a command that there is none of stays in the line, and the nearest is named over it', () => {
  const walk = walking({ start })
  walk.type('migrte -m x')
  expect(walk.effects).toEqual([])
  const [notice = '', typed = ''] = footerLines(viewOf(walk.state())).map(textOf)
  expect(notice).toContain('There is no command migrte. Did you mean migrate? Tab completes.')
  expect(typed).toContain(':migrte -m x')
})
