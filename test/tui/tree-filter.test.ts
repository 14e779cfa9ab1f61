/** The filter of the tree: what of a revision it looks at. */
import { expect, test } from 'vitest'
import { withTree } from '../../src/tui/changed.js'
import { treeRows } from '../../src/tui/screens/tree/rows.js'
import type { AppState } from '../../src/tui/state.js'
import { revision } from '../support/screen-states.js'
import { appState } from '../support/tui.js'
import { walking } from '../support/walk.js'

const REVISIONS = [
  revision('3f9a1c2b7d4e', {
    message: '',
    path: '/shop/migrations/20261121093000_mend_prices.ts',
    branchLabels: ['billing'],
  }),
  revision('1b8e55d0c6aa', { message: 'add email', state: 'pending', applied: false }),
  revision('77aa00bb11cc', { message: 'lost', path: null, state: 'fileMissing', missing: true }),
]

/** The tree of these revisions, its filter typed after `/`. */
function filtered(filter: string): AppState {
  const { overview } = appState()
  if (overview.value === null) throw new Error('The state has no overview.')
  const walk = walking({
    overview: { ...overview, value: { ...overview.value, revisions: REVISIONS } },
  })
  walk.press('/', ...Array.from(filter, (letter) => (letter === ' ' ? 'space' : letter)))
  return walk.state()
}

function shown(app: AppState): readonly string[] {
  return treeRows(app).map((row) => row.revision.revision)
}

/** The ids that are shown once this was typed after `/`. */
function found(filter: string): readonly string[] {
  return shown(filtered(filter))
}

test.each([
  ['3f9a', ['3f9a1c2b7d4e']],
  ['email', ['1b8e55d0c6aa']],
  ['billing', ['3f9a1c2b7d4e']],
  ['pending', ['1b8e55d0c6aa']],
  ['file missing', ['77aa00bb11cc']],
  ['mend_PRICES', ['3f9a1c2b7d4e']],
  ['20261121093000_mend_prices.ts', ['3f9a1c2b7d4e']],
  ['billing prices', ['3f9a1c2b7d4e']],
  ['email prices', []],
])('/%s shows %j', (filter, ids) => {
  expect(found(filter)).toEqual(ids)
})

test('folders that hold every script match none', () => {
  expect(found('migrations')).toEqual([])
})

test('what is told of a revision by and by is found from then on', () => {
  const path = '/shop/migrations/20261121093000_mend_prices.ts'
  const unread = filtered('syntax error')
  expect(shown(unread)).toEqual([])
  const problem = { path, line: 7, message: 'Unexpected "}"' }
  const broken = withTree(unread, { broken: new Map([[path, problem]]) })
  expect(shown(broken)).toEqual(['3f9a1c2b7d4e'])
  expect(shown(withTree(broken, { broken: new Map() }))).toEqual([])
  const losing = withTree(filtered('loses data'), { losing: new Set(['1b8e55d0c6aa']) })
  expect(shown(losing)).toEqual(['1b8e55d0c6aa'])
})
