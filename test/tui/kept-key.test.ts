/** Keys pressed while what they need is being read again. */
import { expect, test } from 'vitest'
import type { Effect, Message } from '../../src/tui/messages.js'
import { askOverview } from '../../src/tui/overview.js'
import type { AppState } from '../../src/tui/state.js'
import { planAmong } from '../../src/tui/changed.js'
import { update } from '../../src/tui/update.js'
import type {
  OverviewDocument,
  PlanDocument,
} from '../../src/workflows/screens/screen-documents.js'
import { lastCall, planOf, withRevisions } from '../support/screen-states.js'
import { appState } from '../support/tui.js'

interface Walk {
  readonly app: AppState
  readonly effects: readonly Effect[]
}

function after(start: AppState, ...messages: readonly Message[]): Walk {
  let walk: Walk = { app: start, effects: [] }
  for (const message of messages) walk = then(walk, message)
  return walk
}

function then({ app, effects }: Walk, message: Message): Walk {
  const [next, more] = update(app, message)
  return { app: next, effects: [...effects, ...more] }
}

const key = (name: string): Message => ({ kind: 'key', key: name })

function names({ effects }: Walk): readonly string[] {
  return effects.flatMap((effect) => (effect.kind === 'call' ? [effect.name] : []))
}

/** A revision was just written: the shown overview does not have it yet. */
function justWritten(): Walk {
  const base = { ...appState(), ...withRevisions() }
  const { value } = base.overview
  if (value === null) throw new Error('There is no overview.')
  const old = { ...value, revisions: value.revisions.slice(2), heads: value.current, pending: 0 }
  const [app, effects] = askOverview({
    ...base,
    overview: { value: old, failure: null, isLoading: false },
    tree: { ...base.tree, selected: 'cccccccccccc' },
  })
  return { app, effects }
}

function newOverview(): OverviewDocument {
  const value = withRevisions().overview?.value ?? null
  if (value === null) throw new Error('There is no overview.')
  return value
}

function overviewAnswer(walk: Walk): Message {
  const { slot, ticket } = lastCall(walk.effects, 'overview')
  return { kind: 'answered', slot, ticket, name: 'overview', given: {}, answer: newOverview() }
}

function planAnswer(walk: Walk, answer: PlanDocument): Message {
  const { slot, ticket } = lastCall(
    walk.effects.filter((effect) => effect.kind === 'call' && effect.slot === 'plan'),
    'plan',
  )
  const given = { direction: 'up', target: 'cccccccccccc' } as const
  return { kind: 'answered', slot, ticket, name: 'plan', given, answer }
}

test('u pressed before the written revision is in the tree plans once it is', () => {
  const pressed = then(justWritten(), key('u'))
  expect(planAmong(pressed.app)).toBeNull()
  expect(pressed.app.notice?.text).toContain('waits')
  const arrived = then(pressed, overviewAnswer(pressed))
  expect(planAmong(arrived.app)?.target).toBe('cccccccccccc')
})

test('another key takes the place of the one that waits', () => {
  const pressed = then(then(justWritten(), key('u')), key('?'))
  const arrived = then(pressed, overviewAnswer(pressed))
  expect(planAmong(arrived.app)).toBeNull()
  expect(arrived.app.popups).toMatchObject([{ kind: 'help' }])
})

test('a key that still cannot be used says why when all is read', () => {
  const pressed = then(justWritten(), key('i'))
  const arrived = then(pressed, overviewAnswer(pressed))
  expect(arrived.app.notice?.text).toBe('i: There is a project here already.')
})

function planAgain(): Walk {
  const first = after({ ...appState(), ...withRevisions() }, key('u'))
  const shown = then(first, planAnswer(first, planOf(false)))
  return then(shown, key('r'))
}

test('enter pressed while the same plan is made again runs its step', () => {
  const pressed = then(planAgain(), key('enter'))
  expect(names(pressed)).not.toContain('run')
  const arrived = then(pressed, planAnswer(pressed, planOf(false)))
  expect(names(arrived)).toContain('run')
})

test('enter pressed for one step never runs another', () => {
  const pressed = then(planAgain(), key('enter'))
  const plan = planOf(false)
  const steps = plan.steps.map((step) => ({ ...step, statements: ['drop table "users"'] }))
  const arrived = then(pressed, planAnswer(pressed, { ...plan, steps }))
  expect(names(arrived)).not.toContain('run')
  expect(arrived.app.notice?.text).toContain('changed')
})

test('the first plan has to be seen: enter ahead of it runs nothing', () => {
  const first = after({ ...appState(), ...withRevisions() }, key('u'), key('enter'))
  const arrived = then(first, planAnswer(first, planOf(false)))
  expect(names(arrived)).not.toContain('run')
})

test('between the end of the editor and the plan made anew, enter waits too', () => {
  const first = after({ ...appState(), ...withRevisions() }, key('u'))
  const shown = then(first, planAnswer(first, planOf(false)))
  const path = '/shop/migrations/cccccccccccc.js'
  const result = { kind: 'closed', exit: 0 } as const
  const closed = then(shown, { kind: 'editorClosed', path, before: '', result })
  const pressed = then(closed, key('enter'))
  expect(names(pressed)).toContain('edited')
  expect(names(pressed)).not.toContain('run')
})
