import { expect, test } from 'vitest'
import { lastKeys, splitKeys } from '../../../src/tui/terminal/split-keys.js'

test('each key is its own sequence', () => {
  expect(splitKeys('jj\u001b[B\u001bOA用😀\u001b[1;5C\r').sequences).toEqual([
    'j',
    'j',
    '\u001b[B',
    '\u001bOA',
    '用',
    '😀',
    '\u001b[1;5C',
    '\r',
  ])
})

test.each(['\u001b', '\u001b[', '\u001b[1;', '\u001b[[', '\u001bO', '\u001b]11;rgb:', '\u001bP1'])(
  'the beginning %j waits for its end',
  (beginning) => {
    expect(splitKeys(`a${beginning}`)).toEqual({ sequences: ['a'], unfinished: beginning })
  },
)

test('an escape in front of another sequence is the escape key', () => {
  expect(splitKeys('\u001b\u001b[A').sequences).toEqual(['\u001b', '\u001b[A'])
})

test('a late answer of the terminal is one sequence, not the keys that its text spells', () => {
  const answers = ['\u001b]11;rgb:1e1e/1e1e\u0007', '\u001bP>|name\u001b\\', '\u001b[?64;1c']
  expect(splitKeys(`${answers.join('')}q`).sequences).toEqual([...answers, 'q'])
})

test('a key of the Linux console does not type its letter', () => {
  expect(splitKeys('\u001b[[A').sequences).toEqual(['\u001b[[A'])
})

test('a control character ends what looked like an answer', () => {
  expect(splitKeys('\u001b]ab\u0003').sequences).toEqual(['\u001b]', 'a', 'b', '\u0003'])
})

test('what never ends is a key where it can be one, and nothing where it cannot', () => {
  expect(lastKeys('\u001b')).toEqual(['\u001b'])
  expect(lastKeys('\u001b[')).toEqual(['\u001b['])
  expect(lastKeys('\u001b[1;5')).toEqual([])
  expect(lastKeys('\u001b]11;rgb:1e')).toEqual([])
})
