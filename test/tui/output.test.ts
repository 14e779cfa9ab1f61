/** What a typed command printed, on the screen. */
import { expect, test } from 'vitest'
import { outputLines } from '../../src/tui/screens/output/lines.js'
import type { OutputScreen } from '../../src/tui/screens/output/state.js'
import { appState, textOf, viewOf } from '../support/tui.js'

function shown(lines: readonly string[], columns = 60): readonly string[] {
  const words = ['history', '-v']
  const screen: OutputScreen = {
    kind: 'output',
    id: 1,
    words,
    into: null,
    lines,
    exit: 0,
    top: 0,
    follows: true,
  }
  const app = appState({ size: { columns, rows: 15 } }, screen)
  return outputLines(viewOf(app), screen).map((line) => textOf(line).slice(1, -1).trimEnd())
}

test('a line that goes on in another begins both where it began', () => {
  const path = `/shop/migrations/${'create_users_'.repeat(6)}.js`
  const lines = shown(['Revision 5e5cd00e34b5', `  Path: ${path}`, '  State: applied'])
  const [first, ...rest] = lines.slice(2, lines.indexOf('  State: applied'))
  expect(first).toBe('  Path:')
  for (const line of rest) expect(line).toMatch(/^ {2}\S/)
  expect(rest.join('').replaceAll(' ', '')).toBe(path)
})
