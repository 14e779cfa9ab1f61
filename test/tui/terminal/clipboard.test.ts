import { expect, test } from 'vitest'
import { copyCommand } from '../../../src/tui/terminal/clipboard.js'

/** The text that a terminal takes from the command. */
const taken = (command: string | null) =>
  Buffer.from(/52;c;([\w+/=]*)/.exec(command ?? '')?.[1] ?? '', 'base64').toString()

test('the text travels as base64', () => {
  expect(copyCommand('用户 1', {})).toBe('\u001b]52;c;55So5oi3IDE=\u0007')
})

test('commands in the text do not reach the terminal', () => {
  const text = 'a\u0007\u001b[2J\u001b]0;title\u0007'
  const command = copyCommand(text, {})
  expect(command?.match(/[\u0000-\u001f]/g)).toEqual(['\u001b', '\u0007'])
  expect(taken(command)).toBe(text)
})

test('tmux takes it and is asked to pass it on', () => {
  const bare = copyCommand('x', {})
  expect(copyCommand('x', { TMUX: '/tmp/tmux,1,0' })).toBe(
    `${bare}\u001bPtmux;\u001b\u001b]52;c;eA==\u0007\u001b\\`,
  )
})

test('GNU screen gets pieces that it can take', () => {
  const text = 'long '.repeat(1_000)
  const command = copyCommand(text, { STY: '1.host' }) ?? ''
  const parts = command.split('\u001b\\').slice(0, -1)
  expect(parts.every((part) => part.startsWith('\u001bP') && part.length <= 768)).toBe(true)
  expect(taken(parts.map((part) => part.slice(2)).join(''))).toBe(text)
})

test('a text is copied up to 74,994 bytes', () => {
  expect(taken(copyCommand('é'.repeat(37_497), {}))).toHaveLength(37_497)
  expect(copyCommand('é'.repeat(37_498), {})).toBeNull()
})
