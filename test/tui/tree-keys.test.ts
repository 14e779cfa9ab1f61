/** What the keys of the tree lead to, by what is selected and by the size of the screen. */
import { expect, test } from 'vitest'
import { topPopup } from '../../src/tui/changed.js'
import { treeLines } from '../../src/tui/screens/tree/lines.js'
import type { AppState, Size } from '../../src/tui/state.js'
import { lastCall, revision, withRevisions } from '../support/screen-states.js'
import { appState, SIZES, textOf, viewOf } from '../support/tui.js'
import { walking } from '../support/walk.js'

/** One head over two pending revisions and a base that is applied and selected. */
function atBase(): Partial<AppState> {
  const { overview } = appState()
  if (overview.value === null) throw new Error('The state has no overview.')
  const pending = { applied: false, state: 'pending' } as const
  const revisions = [
    revision('cccccccccccc', { ...pending, head: true, downRevision: ['bbbbbbbbbbbb'] }),
    revision('bbbbbbbbbbbb', { ...pending, downRevision: ['aaaaaaaaaaaa'] }),
    revision('aaaaaaaaaaaa', { state: 'current', current: true }),
  ]
  const heads = ['cccccccccccc']
  const value = { ...overview.value, revisions, heads, current: ['aaaaaaaaaaaa'], pending: 2 }
  return {
    overview: { value, failure: null, isLoading: false },
    tree: { ...appState().tree, selected: 'aaaaaaaaaaaa' },
  }
}

test.each([
  ['aaaaaaaaaaaa', 'cccccccccccc'],
  ['bbbbbbbbbbbb', 'bbbbbbbbbbbb'],
])('an upgrade from %s is planned to %s', (selected, target) => {
  const { tree, ...rest } = atBase()
  const walk = walking({ ...rest, tree: { ...appState().tree, ...tree, selected } })
  walk.press('u')
  expect(lastCall(walk.effects, 'plan').given).toEqual({ direction: 'up', target })
})

function shown(size: Size, ...keys: readonly string[]): string {
  const walk = walking({ ...withRevisions(), size })
  walk.press(...keys)
  return treeLines(viewOf(walk.state())).map(textOf).join('\n')
}

test.each(SIZES)('the number of a tab shows it at $columns columns', (size) => {
  for (const [key, name] of [
    ['1', 'Script'],
    ['2', 'SQL'],
    ['3', 'Effect'],
    ['4', 'Info'],
  ] as const) {
    expect(shown(size, key)).toContain(`[${key} ${name}]`)
    expect(shown(size, 'z', key)).toContain(`[${key} ${name}]`)
  }
  expect(shown(size, ']')).toContain('[2 SQL]')
  expect(shown(size, '2', 'escape', 'escape')).toContain('Revisions 1/3')
})

test('whoever is asked about a stamp stands on no', () => {
  const walk = walking(withRevisions())
  walk.press('S')
  const popup = topPopup(walk.state())
  if (popup?.kind !== 'choice') throw new Error('Nothing is asked.')
  expect(popup.choices[popup.selected]?.does).toEqual({ kind: 'nothing' })
})

test('an empty revision follows the selected one of several heads', () => {
  const walk = walking(withRevisions())
  walk.press('n')
  expect(topPopup(walk.state())).toMatchObject({
    command: "migrate-tui revision -m '…' --head cccccccccccc",
    text: [expect.stringContaining('is written after cccccccccccc,')],
  })
  walk.press(...Array.from('x1'), 'enter')
  expect(lastCall(walk.effects, 'revision').given).toEqual({ message: 'x1', head: 'cccccccccccc' })
  const { slot, ticket } = lastCall(walk.effects, 'revision')
  const answer = { revision: 'dddddddddddd', path: '/shop/migrations/d.js', changes: [] }
  const given = { message: 'x1', head: 'cccccccccccc' }
  walk.send({ kind: 'answered', slot, ticket, name: 'revision', given, answer })
  expect(walk.state().log.at(-1)?.command).toBe('migrate-tui revision -m x1 --head cccccccccccc')
})

test('between several heads n says to select one before anything is typed', () => {
  const walk = walking(withRevisions())
  walk.press('end', 'n')
  expect(topPopup(walk.state())).toBeNull()
  expect(walk.state().notice?.text).toBe(
    'n: There are 2 heads: select the one that it is to follow, or join them with m.',
  )
})

test('an empty revision after the only head, or before any, says so', () => {
  const walk = walking(atBase())
  walk.press('n')
  expect(topPopup(walk.state())).toMatchObject({
    command: "migrate-tui revision -m '…'",
    text: [expect.stringContaining('is written after cccccccccccc,')],
  })
  const { value } = appState().overview
  if (value === null) throw new Error('The state has no overview.')
  const overview = { value: { ...value, heads: [], current: [] }, failure: null, isLoading: false }
  const first = walking({ overview })
  first.press('n')
  expect(topPopup(first.state())).toMatchObject({
    text: [expect.stringContaining('is written as the first revision,')],
  })
})
