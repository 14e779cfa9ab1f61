/** What a tree without revisions says of how to go on. */
import { expect, test } from 'vitest'
import type { AppState } from '../../src/tui/state.js'
import { treeLines } from '../../src/tui/screens/tree/lines.js'
import { appState, comparedWith, SIZES, textOf, viewOf } from '../support/tui.js'

/** The pane of the revisions, its lines after one another. */
function saidBy(app: AppState): string {
  return treeLines(viewOf(app))
    .map((line) => textOf(line).replaceAll('│', ' ').trim())
    .join(' ')
    .replaceAll(/\s+/g, ' ')
}

const failures = ['user', 'team'].map((name) => ({
  file: `models/${name}.js`,
  model: null,
  code: 'MODEL_FILE_THREW',
  reason: "Cannot find module 'objection' (line 1)",
}))

test.each(SIZES)('models that could not be read are told with their reason: %o', (size) => {
  const said = saidBy({ ...comparedWith(appState(), { failures }), size })
  expect(said).toContain('2 models could not be read.')
  expect(said).toContain("models/user.js: Cannot find module 'objection' (line 1)")
  expect(said).toContain('D shows the others.')
  expect(said).toContain('g compares your models')
})

test('where all models were read nothing is said of it', () => {
  expect(saidBy(appState())).not.toContain('could not be read')
})
