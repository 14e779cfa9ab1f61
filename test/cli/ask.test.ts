import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { askAt } from '../../src/cli/ask.js'
import { lookOf } from '../../src/present/look.js'
import { inputOf, Sink } from '../support/program.js'
import { migrateErrorOf } from '../support/thrown.js'

/** A person at a terminal, who types when a prompt appears. */
function person() {
  const stdin = inputOf(true)
  const stderr = new Sink(80)
  const controller = new AbortController()
  const look = lookOf({ colour: false, unicode: true }, 80)
  const ask = askAt({ stdin, stderr, look, signal: controller.signal })
  const type = async (prompt: string, text: string) => {
    for (let tries = 0; !stderr.text.includes(prompt) && tries < 200; tries += 1) await wait(10)
    stderr.text = ''
    stdin.write(text)
  }
  return { ask, type, stdin, stderr, controller }
}

const rename = {
  kind: 'column',
  from: 'users.name',
  to: 'full_name',
  score: 0.8,
  evidence: ['same type'],
  flag: '--rename users.name:full_name',
} as const

const loss = { object: 'legacy_ref', rows: 8112, message: '8,112 values are lost' }

test('a rename is asked until the answer is yes or no', async () => {
  const { ask, type } = person()
  const answer = ask.askRename(rename)
  await type('y or n', 'perhaps\r')
  await type('y or n', 'Y\r')
  expect(await answer).toBe(true)
})

test('a rename question names the option that answers it', async () => {
  const { ask, type, stderr } = person()
  const answer = ask.askRename(rename)
  await wait(20)
  expect(stderr.text).toContain('--rename users.name:full_name')
  await type('y or n', 'n\r')
  expect(await answer).toBe(false)
})

test('a fill takes an expression, and nothing takes what the model offers', async () => {
  const { ask, type } = person()
  const question = { table: 'users', column: 'level', type: 'integer', rows: 3, offered: '0' }
  const first = ask.askFill(question)
  await type('value:', 'length(name)\r')
  expect(await first).toBe('length(name)')
  const second = ask.askFill(question)
  await type('value:', '\r')
  expect(await second).toBe('0')
})

test('a loss is confirmed by the whole name and by nothing else', async () => {
  for (const [typed, agreed] of [
    ['legacy_ref', true],
    ['legacy', false],
    ['', false],
    ['y', false],
  ] as const) {
    const { ask, type } = person()
    const answer = ask.confirmLoss(loss)
    await type('to go on', `${typed}\r`)
    expect(await answer).toBe(agreed)
  }
})

test('what was typed before the question does not answer it', async () => {
  const { ask, type, stdin } = person()
  stdin.write('legacy_ref\r')
  const answer = ask.confirmLoss(loss)
  await type('to go on', '\r')
  expect(await answer).toBe(false)
})

test('ctrl-c, ctrl-d and an aborted run leave the question unanswered', async () => {
  for (const key of ['\u0003', '\u0004']) {
    const { ask, type } = person()
    const answer = migrateErrorOf(() => ask.askRename(rename))
    await type('y or n', key)
    expect((await answer).exit).toBe(130)
  }
  const { ask, controller } = person()
  const answer = migrateErrorOf(() => ask.askRename(rename))
  controller.abort()
  expect((await answer).code).toBe('INTERRUPTED')
})
