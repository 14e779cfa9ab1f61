import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { KeyStream } from '../../../src/tui/terminal/key-stream.js'
import { FakeKeyboard } from '../../support/pty/fake-tty.js'

interface Typing {
  readonly keys: KeyStream
  readonly keyboard: FakeKeyboard
  /** Names of keys, and pastes in brackets. */
  readonly seen: string[]
}

function listening(): Typing {
  const keyboard = new FakeKeyboard()
  const keys = new KeyStream(keyboard)
  const seen: string[] = []
  keys.on('key', (name) => seen.push(name))
  keys.on('paste', (text) => seen.push(`[${text}]`))
  keys.start()
  onTestFinished(() => keys.stop())
  return { keys, keyboard, seen }
}

/** Types, and waits until it was read. */
async function type(keyboard: FakeKeyboard, bytes: string | Buffer): Promise<void> {
  keyboard.write(bytes)
  await new Promise((resolve) => setImmediate(resolve))
}

test('keys that arrive in one read are one event each', async () => {
  const { keyboard, seen } = listening()
  await type(keyboard, 'jj\u001b[B\r')
  expect(seen).toEqual(['j', 'j', 'down', 'enter'])
})

test('300 arrows in one read are 300 events', async () => {
  const { keyboard, seen } = listening()
  await type(keyboard, '\u001b[B'.repeat(300))
  expect(seen).toEqual(Array.from({ length: 300 }, () => 'down'))
})

test('a sequence that a slow link split is one key', async () => {
  const { keyboard, seen } = listening()
  await type(keyboard, '\u001b')
  await wait(12)
  await type(keyboard, '[')
  await wait(100)
  await type(keyboard, 'B')
  expect(seen).toEqual(['down'])
})

test('an escape alone is the escape key after a moment', async () => {
  const { keyboard, seen } = listening()
  await type(keyboard, '\u001b')
  expect(seen).toEqual([])
  await expect.poll(() => seen, { timeout: 5_000 }).toEqual(['escape'])
})

test('a character whose bytes arrive apart is one key', async () => {
  const { keyboard, seen } = listening()
  for (const byte of Buffer.from('用')) await type(keyboard, Buffer.from([byte]))
  expect(seen).toEqual(['用'])
})

test('a paste is one event and no key, however it is cut', async () => {
  const { keyboard, seen } = listening()
  const bytes = 'a\u001b[200~qA\r\nline\u001b[A two\r\u001b[201~b'
  await type(keyboard, bytes)
  for (const character of bytes) await type(keyboard, character)
  const once = ['a', '[qA\nline\u001b[A two\n]', 'b']
  expect(seen).toEqual([...once, ...once])
})

test('a paste that holds what begins one is still one', async () => {
  const { keyboard, seen } = listening()
  await type(keyboard, '\u001b[200~a\u001b[200~b\u001b[201~')
  expect(seen).toEqual(['[a\u001b[200~b]'])
})

test('ctrl-c ends a paste whose end got lost', async () => {
  const { keyboard, seen } = listening()
  await type(keyboard, '\u001b[200~abc')
  await type(keyboard, '\u0003')
  await type(keyboard, 'j')
  expect(seen).toEqual(['ctrl+c', 'j'])
})

test('a muted keyboard drops what is typed, and takes keys again afterwards', async () => {
  const { keys, keyboard, seen } = listening()
  const open = keys.mute(60)
  await type(keyboard, 'abc')
  await open
  await type(keyboard, 'd')
  expect(seen).toEqual(['d'])
})

test('a key that mutes takes the keys behind it in the same read with it', async () => {
  const { keys, keyboard, seen } = listening()
  keys.once('key', () => {
    void keys.mute(30)
  })
  await type(keyboard, 'dyyy\u001b[200~y\u001b[201~')
  expect(seen).toEqual(['d'])
})

test('a paste that began while muted is dropped whole', async () => {
  const { keys, keyboard, seen } = listening()
  const open = keys.mute(20)
  await type(keyboard, '\u001b[200~rm ')
  await open
  await type(keyboard, '-rf\u001b[201~q')
  expect(seen).toEqual(['q'])
})

test('a stopped keyboard is left unread, cooked, and to others', async () => {
  const { keys, keyboard, seen } = listening()
  expect(keyboard.isRaw).toBe(true)
  await keys.stop()
  expect(keyboard.isRaw).toBe(false)
  await type(keyboard, 'abc')
  expect(seen).toEqual([])
  expect(String(keyboard.read())).toBe('abc')
})

test('a key that stops the keyboard is the last one', async () => {
  const { keys, keyboard, seen } = listening()
  keys.once('key', () => void keys.stop())
  await type(keyboard, 'eiTEXT\u001b')
  await wait(60)
  expect(seen).toEqual(['e'])
})

test('half a sequence does not outlive a stop', async () => {
  const { keys, keyboard, seen } = listening()
  await type(keyboard, '\u001b[')
  await keys.stop()
  keys.start()
  await type(keyboard, 'A')
  expect(seen).toEqual(['A'])
})

test('two mutes end with the longer one', async () => {
  const { keys, keyboard, seen } = listening()
  const long = keys.mute(600)
  await keys.mute(10)
  await type(keyboard, 'a')
  await long
  await type(keyboard, 'b')
  expect(seen).toEqual(['b'])
})
