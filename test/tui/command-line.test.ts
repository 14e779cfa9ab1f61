/** The command line at the last row of the screens. */
import { expect, test } from 'vitest'
import { topScreen } from '../../src/tui/changed.js'
import { footerLines } from '../../src/tui/frame-lines.js'
import { outputLines } from '../../src/tui/screens/output/lines.js'
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

test.each([
  ['upgrade aaaa00000001', 60],
  ['upgrade aaaa00000001 --backup --x', 80],
  ['migrate -m 用户用户用户用户用户用户用户用户', 80],
])('all of %s is seen at %i columns, where it has room without the hints', (line, columns) => {
  const walk = walking({ start, size: { columns, rows: 24 } })
  walk.press(':')
  expect(footerLines(viewOf(walk.state())).at(-1)).toContain('esc closes')
  walk.send({ kind: 'paste', text: line })
  const typed = textOf(footerLines(viewOf(walk.state())).at(-1) ?? '')
  expect(typed.trimEnd()).toBe(`:${line}`)
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

test('> and a file at the end take the result of any command there', () => {
  const walk = walking({ start })
  walk.type('migrate --sql > "my changes.sql"')
  expect(walk.effects).toMatchObject([
    { kind: 'command', words: ['migrate', '--sql'], into: 'my changes.sql' },
  ])
  const screen = topScreen(walk.state())
  if (screen?.kind !== 'output') throw new Error('No output is shown.')
  const [title = ''] = outputLines(viewOf(walk.state()), screen)
  expect(textOf(title)).toContain("migrate-tui migrate --sql > 'my changes.sql'")
})

test('a > without a file stays in the line, and one in front of more is a word', () => {
  const walk = walking({ start })
  walk.type('migrate >')
  expect(walk.effects).toEqual([])
  expect(walk.state().commandLine?.field.text).toBe('migrate >')
  const other = walking({ start })
  other.type('migrate -m > a b')
  expect(other.effects).toMatchObject([{ words: ['migrate', '-m', '>', 'a', 'b'], into: null }])
})

test('no file is written where nothing may be changed', () => {
  const commands = [{ ...MIGRATE, name: 'history', onlyReads: true }]
  const walk = walking({ start: { ...start, readOnly: true, commands } })
  walk.type('history > all.txt')
  expect(walk.effects).toEqual([])
  expect(walk.state().notice?.text).toContain('--read-only')
})
