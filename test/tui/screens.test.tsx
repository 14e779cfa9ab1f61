/** The screens as Ink draws them, driven key by key without a terminal. */
import { render } from 'ink-testing-library'
import { afterEach, expect, test } from 'vitest'
import { widthOf } from '../../src/present/text-width.js'
import { App } from '../../src/tui/app.js'
import { uiTheme } from '../../src/tui/draw/theme.js'
import type { Effect, Message } from '../../src/tui/messages.js'
import type { AppState } from '../../src/tui/state.js'
import { createStore } from '../../src/tui/store.js'
import { lastCall, planOf, withRevisions } from '../support/screen-states.js'
import { appState } from '../support/tui.js'

interface Driven {
  readonly press: (...keys: readonly string[]) => Promise<void>
  readonly send: (message: Message) => Promise<void>
  readonly frame: () => string
  readonly effects: Effect[]
  readonly state: () => AppState
  readonly clock: { now: number }
}

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

/** Ink draws in turns of its own: a frame is there once no further one follows. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

async function driven(first: Partial<AppState> = {}, unicode = true): Promise<Driven> {
  const effects: Effect[] = []
  const clock = { now: 1_000_000 }
  const store = createStore(
    { ...appState(), size: { columns: 100, rows: 30 }, ...first },
    { perform: (effect) => effects.push(effect), clock: () => clock.now },
  )
  const { lastFrame, unmount } = render(
    <App store={store} theme={uiTheme({ colour: false, unicode })} ready={() => undefined} />,
  )
  open.push(unmount)
  await settled()
  const send = async (message: Message): Promise<void> => {
    store.send(message)
    await settled()
  }
  return {
    effects,
    clock,
    send,
    state: store.state,
    frame: () => lastFrame() ?? '',
    press: async (...keys) => {
      for (const key of keys) await send({ kind: 'key', key })
    },
  }
}

/** Answers the plan that was asked for last. */
async function answerPlan(
  send: Driven['send'],
  effects: readonly Effect[],
  destructive: boolean,
): Promise<void> {
  const { slot, ticket } = lastCall(effects, 'plan')
  const given = { direction: 'up', target: 'cccccccccccc' } as const
  await send({ kind: 'answered', slot, ticket, name: 'plan', given, answer: planOf(destructive) })
}

test('every frame fills the screen, whatever stands over it', async () => {
  const { frame, press } = await driven(withRevisions())
  for (const keys of [[], ['?'], ['escape', ':', 'u'], ['escape', 'y'], ['escape', '/', 'x']]) {
    await press(...keys)
    const lines = frame().split('\n')
    expect(lines.length).toBeLessThanOrEqual(30)
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(100)
  }
})

test('branches are drawn as lanes, with the state of each revision in words', async () => {
  const { frame, press } = await driven(withRevisions())
  expect(frame()).toMatch(/▸ ○ +cccccccc step cccccccccccc +pending/)
  expect(frame()).toMatch(/│ ○ +bbbbbbbb/)
  expect(frame()).toMatch(/◆─╯.*aaaaaaaa step aaaa.*← current/)
  expect(frame()).toContain('2 heads')
  await press('/', 'b', 'b')
  expect(frame()).toContain('bbbbbbbb')
  expect(frame()).not.toContain('cccccccc step')
  await press('escape')
  expect(frame()).toContain('cccccccc step')
})

test('a key that cannot be used says why, and does nothing', async () => {
  const { frame, press, effects } = await driven(withRevisions())
  await press('j', 'j', 'u')
  expect(frame()).toContain('applied already')
  expect(effects.some((effect) => effect.kind === 'call' && effect.name === 'plan')).toBe(false)
})

test('letters only plan: a run starts with enter, and a loss only with its name typed', async () => {
  const { frame, press, send, effects, clock } = await driven(withRevisions())
  await press('u')
  expect(frame()).toContain('Making the plan')
  await answerPlan(send, effects, true)
  expect(frame()).toContain('LOSES DATA')
  await press('A')
  expect(frame()).toContain('not safe')
  await press('enter')
  const run = lastCall(effects, 'run')
  expect(run.given).toMatchObject({ expected: ['cccccccccccc'] })
  const asks = {
    kind: 'loss',
    question: { object: 'users.about', rows: 3, message: 'dropping it loses its values' },
  } as const
  await send({ kind: 'asked', slot: run.slot, ticket: run.ticket, question: 1, asks })
  expect(frame()).toContain('This cannot be undone')
  // What was typed ahead of the question is not its answer.
  await press(...'users.about'.split(''), 'enter')
  expect(effects.some((effect) => effect.kind === 'answer')).toBe(false)
  clock.now += 1000
  await press('enter')
  expect(effects.some((effect) => effect.kind === 'answer')).toBe(false)
  await press(...'users.about'.split(''), 'enter')
  expect(effects.at(-1)).toMatchObject({ kind: 'answer', value: true })
})

test('esc refuses a loss, and a paste does not answer it', async () => {
  const { press, send, effects, clock } = await driven(withRevisions())
  await press('u')
  await answerPlan(send, effects, true)
  await press('enter')
  const run = lastCall(effects, 'run')
  await send({
    kind: 'asked',
    slot: run.slot,
    ticket: run.ticket,
    question: 1,
    asks: { kind: 'loss', question: { object: 'users.about', rows: 3, message: 'loses' } },
  })
  clock.now += 1000
  await send({ kind: 'paste', text: 'users.about' })
  await press('enter')
  expect(effects.some((effect) => effect.kind === 'answer')).toBe(false)
  await press('escape')
  expect(effects.at(-1)).toMatchObject({ kind: 'answer', value: false })
})

test('ctrl-c at the question of a loss agrees to nothing', async () => {
  const { frame, press, send, effects } = await driven(withRevisions())
  await press('u')
  await answerPlan(send, effects, true)
  await press('enter')
  const run = lastCall(effects, 'run')
  const question = { object: 'users.about', rows: 3, message: 'loses' }
  const asks = { kind: 'loss', question } as const
  await send({ kind: 'asked', slot: run.slot, ticket: run.ticket, question: 1, asks })
  await press('ctrl+c')
  expect(effects.at(-1)).toMatchObject({ kind: 'answer', value: false })
  expect(frame()).not.toContain('This cannot be undone')
})

test('an answer that is not awaited any more changes nothing', async () => {
  const { press, send, effects, state } = await driven(withRevisions())
  await press('u')
  const plan = lastCall(effects, 'plan')
  await press('escape', 'u')
  const before = state().screens
  await send({
    kind: 'answered',
    slot: plan.slot,
    ticket: plan.ticket,
    name: 'plan',
    given: { direction: 'up', target: 'x' },
    answer: planOf(false),
  })
  expect(state().screens).toEqual(before)
})

test('a step goes on under another screen, and is done when one comes back', async () => {
  const { frame, press, send, effects } = await driven(withRevisions())
  await press('u')
  await answerPlan(send, effects, false)
  await press('enter', ';')
  expect(frame()).toContain('What ran since the start')
  const run = lastCall(effects, 'run')
  const at = { slot: run.slot, ticket: run.ticket }
  const revision = 'cccccccccccc'
  const event = { kind: 'stepFinished', revision, durationMs: 5, statements: 1 } as const
  await send({ kind: 'runEvent', ...at, event })
  const done = { from: [], to: [revision], steps: [], durationMs: 5, backup: null }
  const answer = { ...done, sql: null, notes: [] }
  const given = { direction: 'up', target: revision, expected: [revision], backup: false } as const
  await send({ kind: 'answered', ...at, name: 'run', given, answer })
  await press('escape')
  expect(frame()).toContain('Done: 1 statement')
  await press('escape')
  expect(frame()).toContain('Revisions')
})

test('while a step runs q asks, ctrl-c stops after the revision, and the second ends it', async () => {
  const { frame, press, send, effects } = await driven(withRevisions())
  await press('u')
  await answerPlan(send, effects, false)
  await press('enter', 'q')
  expect(frame()).toContain('A step is running')
  expect(effects.some((effect) => effect.kind === 'quit')).toBe(false)
  await press('n', 'ctrl+c')
  expect(effects.at(-1)).toMatchObject({ kind: 'stop' })
  expect(frame()).toContain('Stopping after this revision')
  await press('ctrl+c')
  expect(effects.at(-1)).toEqual({ kind: 'kill', lane: 'run' })
})

test('an escape that arrives with the key after it is still an escape', async () => {
  const { frame, press, state } = await driven(withRevisions())
  await press('?', 'alt+D')
  expect(frame()).toContain('Differences')
  await press('alt+:')
  expect(frame()).toContain('Revisions')
  await press('x', 'alt+b')
  expect(state().commandLine?.field.text).toBe('x')
})

test('alt is alt where the configuration binds it', async () => {
  const { frame, press } = await driven({ ...withRevisions(), keys: { diff: ['alt+d'] } })
  await press('alt+d')
  expect(frame()).toContain('Differences')
})

test('the keys of the configuration take the place of ours, in the help too', async () => {
  const { frame, press } = await driven({ ...withRevisions(), keys: { diff: ['x'] } })
  await press('D')
  expect(frame()).toContain('Revisions')
  await press('?')
  expect(frame()).toMatch(/x +See models and database side by side/)
  await press('escape', 'x')
  expect(frame()).not.toContain('Revisions')
})

test('where only ASCII is shown, every screen keeps to it', async () => {
  const { frame, press, send, effects } = await driven(withRevisions(), false)
  const screens = [['?'], ['escape', ':', 'u'], ['escape', 'y'], ['escape', '/', 'x'], ['escape']]
  for (const keys of [[], ...screens, ['D'], ['escape', 'g'], ['escape', 'c', 'K', 'u']]) {
    await press(...keys)
    expect(frame()).not.toMatch(/[\u0080-\uffff]/)
  }
  await answerPlan(send, effects, true)
  expect(frame()).toContain('aaaaaaaa > cccccccc')
  expect(frame()).not.toMatch(/[\u0080-\uffff]/)
})
