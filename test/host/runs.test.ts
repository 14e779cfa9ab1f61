/** Runs in a host: asked, stopped, blocked, killed; and what is known of the database after each. */
import { describe, expect, test } from 'vitest'
import type { HostQuestion } from '../../src/host/calls.js'
import type { RunEvent } from '../../src/workflows/io.js'
import { expectedOf, failureOf, hostOf, until } from '../support/hosts.js'
import type { TestProject } from '../support/project.js'
import type { Script } from '../support/revision-line.js'
import { add, applied, line, projectWith, tables } from '../support/revision-line.js'

/** A statement that keeps SQLite busy for as many rounds as `pace` says: none while it is planned. */
const BUSY = `await knex.raw('insert into pace with recursive n(i) as (select 1 union all select i + 1 from n where i < (select max(rounds) from pace)) select 0 from n where i = 0')`

/** A project whose busy statements take so many rounds each. */
function pacedProject(rounds: number, scripts: readonly Script[]): TestProject {
  const project = projectWith(scripts)
  project.exec(`create table pace (rounds integer); insert into pace values (${rounds})`)
  return project
}

const UP = { direction: 'up', target: 'head', backup: false } as const

describe('a run in a host', () => {
  test('another lane answers while a statement blocks this one, which tells what it runs', async () => {
    const project = pacedProject(3_000_000, line('one'))
    const [runs, looks] = [hostOf(project), hostOf(project)]
    await looks.call('overview', {})
    add(project, { id: 'slow', parents: ['one'], up: BUSY })
    const expected = await expectedOf(looks, 'up', 'head')
    const events: RunEvent[] = []
    const running = runs.call('run', { ...UP, expected }, { onEvent: (one) => events.push(one) })
    await until(() => events.some((one) => one.kind === 'statement' && one.revision === 'slow'))
    const state = { answers: 0, isOver: false }
    const over = running.then(() => (state.isOver = true))
    const isOver = (): boolean => state.isOver
    while (!isOver()) {
      await looks.call('pulse', {})
      state.answers += isOver() ? 0 : 1
    }
    await over
    expect(state.answers).toBeGreaterThan(2)
    expect(applied(project)).toEqual(['one', 'slow'])
  })

  test('a host that is killed in a statement leaves nothing of its revision', async () => {
    const project = pacedProject(1_000_000_000, line('one'))
    const host = hostOf(project)
    const made = `await knex.schema.createTable('half', (table) => { table.increments() })`
    add(project, { id: 'slow', parents: ['one'], up: `${made}\n${BUSY}` })
    const events: RunEvent[] = []
    const expected = await expectedOf(host, 'up', 'one')
    await host.call('run', { ...UP, target: 'one', expected })
    const failed = failureOf(
      host.call('run', { ...UP, expected: ['slow'] }, { onEvent: (one) => events.push(one) }),
    )
    await until(() => events.filter(({ kind }) => kind === 'statement').length === 2)
    host.kill()
    expect(await failed).toMatchObject({
      code: 'HOST_DIED',
      exit: 1,
      message: expect.stringContaining('SIGKILL') as string,
      state: expect.stringContaining('What was not committed is rolled back: slow') as string,
      details: { call: 'run', running: 'slow' },
    })
    expect(applied(project)).toEqual(['one'])
    expect(tables(project)).toEqual(['one', 'pace'])
    // The next call starts another host.
    expect(await host.call('overview', {})).toMatchObject({ current: ['one'], pending: 1 })
  })

  test('process.exit in a script is a host that died, with what it printed last', async () => {
    const up = `console.log('leaving now'); process.exit(7)`
    const project = projectWith([...line('one'), { id: 'exits', parents: ['one'], up }])
    const host = hostOf(project)
    const failure = await failureOf(host.call('run', { ...UP, expected: ['one', 'exits'] }))
    expect(failure).toMatchObject({
      code: 'HOST_DIED',
      message: expect.stringContaining('exit code 7') as string,
      details: { output: 'leaving now\n' },
    })
    expect(await host.call('overview', {})).toMatchObject({ pending: 2 })
  })

  test('what scripts print reaches nobody, and fills no pipe', async () => {
    const up = `for (let i = 0; i < 20000; i += 1) console.log('noise '.repeat(20))`
    const project = projectWith([{ id: 'loud', parents: [], up }])
    const host = hostOf(project)
    const ran = await host.call('run', { ...UP, expected: ['loud'] })
    expect(ran.to).toEqual(['loud'])
  })

  test.each(['r00', 'r01', 'r02'])(
    'stop ends a run after the revision that runs then: %s',
    async (at) => {
      const ids = ['r00', 'r01', 'r02', 'r03', 'r04']
      const project = pacedProject(
        300_000,
        line(...ids).map((one) => ({ ...one, up: BUSY })),
      )
      const host = hostOf(project)
      const stopping = new AbortController()
      const run = host.call(
        'run',
        { ...UP, expected: ids },
        {
          signal: stopping.signal,
          onEvent: (event) => {
            if (event.kind === 'statement' && event.revision === at) stopping.abort()
          },
        },
      )
      const failure = await failureOf(run)
      const done = ids.indexOf(at) + 1
      expect(applied(project)).toEqual(ids.slice(0, done))
      expect(failure).toMatchObject({
        code: 'INTERRUPTED',
        exit: 130,
        message: `Interrupted after ${done} of 5 revisions.`,
        state: `${done === 1 ? '1 revision' : `${done} revisions`} ran and ${done === 1 ? 'is' : 'are'} committed; none is half done.`,
      })
    },
  )

  test('stop by number ends a call too', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    const project = pacedProject(
      100_000,
      line(...ids).map((one) => ({ ...one, up: BUSY })),
    )
    const host = hostOf(project)
    const numbers: number[] = []
    const run = host.call(
      'run',
      { ...UP, expected: ids },
      {
        onStart: (id) => numbers.push(id),
        onEvent: ({ kind }) => {
          if (kind === 'stepFinished') host.stop(numbers[0] ?? 0)
        },
      },
    )
    expect(await failureOf(run)).toMatchObject({ code: 'INTERRUPTED' })
    expect(applied(project).length).toBeLessThan(6)
  })

  test('a loss is asked for with a fresh count; no keeps everything, yes runs it', async () => {
    const project = projectWith(line('one'))
    const host = hostOf(project)
    await host.call('run', { ...UP, expected: ['one'] })
    add(project, { id: 'drop', parents: ['one'], up: `await knex.schema.dropTable('one')` })
    project.exec('insert into one default values; insert into one default values')
    const plan = await host.call('plan', { direction: 'up', target: 'head' })
    expect(plan.steps[0]).toMatchObject({
      destructive: true,
      hazards: [{ object: 'one', rows: 2 }],
    })
    project.exec('insert into one default values')
    const asked: HostQuestion[] = []
    const request = { ...UP, expected: ['drop'], backup: true }
    const answering = (value: boolean) => ({
      onAsk: (asks: HostQuestion) => {
        asked.push(asks)
        return Promise.resolve(value)
      },
    })
    const refused = await failureOf(host.call('run', request, answering(false)))
    expect(refused).toMatchObject({ code: 'DESTRUCTIVE_NOT_ALLOWED', exit: 3 })
    expect(asked).toMatchObject([{ kind: 'loss', question: { object: 'one', rows: 3 } }])
    expect(project.rows('select * from one')).toHaveLength(3)
    expect(await failureOf(host.call('run', request))).toMatchObject({ exit: 3 })
    const called = { onAsk: () => Promise.reject(new Error('esc')) }
    expect(await failureOf(host.call('run', request, called))).toMatchObject({
      code: 'INTERRUPTED',
    })
    const ran = await host.call('run', request, answering(true))
    expect(ran).toMatchObject({
      to: ['drop'],
      backup: expect.stringContaining('before-drop') as string,
    })
    expect(tables(project)).toEqual([])
  })

  test('one step of a plan runs, and a plan that moved is refused', async () => {
    const project = projectWith(line('one', 'two', 'three'))
    const host = hostOf(project)
    const plan = await host.call('plan', { direction: 'up', target: 'head' })
    expect(plan.steps.map(({ revision }) => revision)).toEqual(['one', 'two', 'three'])
    await host.call('run', { ...UP, expected: ['one'] })
    expect(applied(project)).toEqual(['one'])
    await project.ok('upgrade', 'two')
    const moved = await failureOf(host.call('run', { ...UP, expected: ['two'] }))
    expect(moved).toMatchObject({
      code: 'PLAN_MOVED',
      exit: 3,
      details: { expected: ['two'], found: ['three'] },
    })
    expect(applied(project)).toEqual(['one', 'two'])
    const down = { direction: 'down', target: 'base', backup: false, expected: ['two'] } as const
    const ran = await host.call('run', down, { onAsk: () => Promise.resolve(true) })
    expect(ran.to).toEqual(['one'])
  })

  test('a failing step says where the database stands', async () => {
    const up = `await knex.raw('insert into nowhere values (1)')`
    const project = projectWith([...line('one'), { id: 'bad', parents: ['one'], up }])
    const host = hostOf(project)
    const failure = await failureOf(host.call('run', { ...UP, expected: ['one', 'bad'] }))
    expect(failure).toMatchObject({
      code: 'REVISION_FAILED',
      exit: 1,
      state: expect.stringContaining('rolled back whole') as string,
      details: { revision: 'bad', sql: 'insert into nowhere values (1)' },
    })
    const { revisions } = await host.call('overview', {})
    expect(revisions.map(({ revision, state }) => [revision, state])).toEqual([
      ['bad', 'failed'],
      ['one', 'current'],
    ])
  })
})
