import { expect, test } from 'vitest'
import { keyName } from '../../../src/tui/terminal/key-names.js'

test.each(['j', 'G', '?', '/', ':', '~', 'é', '用', '😀', '<'])(
  'the printable character %s stands for itself',
  (character) => {
    expect(keyName(character)).toBe(character)
  },
)

test.each([
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\u001bOM', 'enter'],
  ['\u001b', 'escape'],
  ['\t', 'tab'],
  ['\u001b[Z', 'shift+tab'],
  ['\u007f', 'backspace'],
  ['\b', 'backspace'],
  [' ', 'space'],
  ['\u0003', 'ctrl+c'],
  ['\u001a', 'ctrl+z'],
  ['\u0001', 'ctrl+a'],
  ['\u0000', 'ctrl+space'],
  ['\u001c', 'ctrl+\\'],
  ['\u001b[A', 'up'],
  ['\u001b[B', 'down'],
  ['\u001b[C', 'right'],
  ['\u001b[D', 'left'],
  ['\u001bOA', 'up'],
  ['\u001b[H', 'home'],
  ['\u001bOH', 'home'],
  ['\u001b[1~', 'home'],
  ['\u001b[7~', 'home'],
  ['\u001b[F', 'end'],
  ['\u001b[4~', 'end'],
  ['\u001b[8~', 'end'],
  ['\u001b[5~', 'pageUp'],
  ['\u001b[6~', 'pageDown'],
  ['\u001b[2~', 'insert'],
  ['\u001b[3~', 'delete'],
  ['\u001bOP', 'f1'],
  ['\u001b[[A', 'f1'],
  ['\u001b[15~', 'f5'],
  ['\u001b[24~', 'f12'],
  ['\u001b[1;2A', 'shift+up'],
  ['\u001b[1;5C', 'ctrl+right'],
  ['\u001b[1;8D', 'ctrl+alt+shift+left'],
  ['\u001b[3;5~', 'ctrl+delete'],
  ['\u001bj', 'alt+j'],
  ['\u001b\u007f', 'alt+backspace'],
  ['\u001b[', 'alt+['],
])('%j is %s', (sequence, name) => {
  expect(keyName(sequence)).toBe(name)
})

test.each([
  ['a position of the cursor', '\u001b[24;80R'],
  ['what the terminal is', '\u001b[?1;2c'],
  ['its background colour', '\u001b]11;rgb:1e1e/1e1e/1e1e\u0007'],
  ['its focus', '\u001b[I'],
  ['a click of the mouse', '\u001b[<0;10;10M'],
  ['an old click of the mouse', '\u001b[M'],
  ['a key of a protocol that nobody asked for', '\u001b[27;5;106~'],
  ['a control character of the second set', '\u009b'],
  ['bytes that are no text', '\ufffd'],
])('%s is no key', (_what, sequence) => {
  expect(keyName(sequence)).toBeNull()
})
