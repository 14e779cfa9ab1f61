import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { SCREEN_KEYS } from '../../src/tui/bindings.js'
import { EVERYWHERE, MOVES } from '../../src/tui/keys/everywhere.js'
import { keysTable } from '../../src/tui/keys-table.js'
import { keyName } from '../../src/tui/terminal/key-names.js'
import { ROOT } from '../support/project.js'
import { keyBytes } from '../support/pty/key-bytes.js'

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
