import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { SCREEN_KEYS } from '../../src/tui/bindings.js'
import { EVERYWHERE, MOVES } from '../../src/tui/keys/everywhere.js'
import { keysTable } from '../../src/tui/keys-table.js'
import { keyName } from '../../src/tui/terminal/key-names.js'
import { ROOT } from '../support/project.js'
import { keyBytes } from '../support/pty/key-bytes.js'
import { withRevisions } from '../support/screen-states.js'
import { walking } from '../support/walk.js'

const screens = Object.entries(SCREEN_KEYS)
const all = [...screens.flatMap(([, keys]) => keys), ...MOVES, ...EVERYWHERE]

test('every key of the key map is one that a terminal can send', () => {
  for (const key of all.flatMap(({ keys }) => keys)) {
    expect(keyName(keyBytes(key))).toBe(key)
  }
})

test.each(screens)('on the %s screen a key means one thing', (_, bindings) => {
  const keys = bindings.flatMap((one) => one.keys)
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})

test('actions have names of their own, so that the configuration can give each other keys', () => {
  for (const [, bindings] of screens) {
    const names = [...bindings, ...MOVES, ...EVERYWHERE].map(({ action }) => action)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  }
})

test('the README lists the keys that there are', () => {
  expect(readFileSync(path.join(ROOT, 'README.md'), 'utf8')).toContain(keysTable())
})

test('an escape and a key that arrive as one end what is typed, and the key does what it does then', () => {
  const walk = walking(withRevisions())
  walk.press(':', 'u', 'alt+:', 'x')
  expect(walk.state().commandLine?.field.text).toBe('x')
  walk.press('alt+/', 'y', 'alt+?')
  expect(walk.state()).toMatchObject({ commandLine: null, popups: [{ kind: 'help' }] })
  expect(walk.state().tree.field).toBeNull()
})

test('the keys of a shell stay in the line that is typed', () => {
  const walk = walking(withRevisions())
  walk.press(':', 'a', 'space', 'b', 'alt+b', 'alt+b', 'x')
  expect(walk.state().commandLine?.field.text).toBe('xa b')
})
