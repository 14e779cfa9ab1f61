/** Plans as they are looked at: counts, losses, what waits, and what cannot run. */
import { describe, expect, test } from 'vitest'
import { failureOf, hostOf, upgradeAll } from '../support/hosts.js'
import { add, line, projectWith } from '../support/revision-line.js'

describe('the plan of a screen', () => {
  test('each step says what it does, what it loses and who waits', async () => {
    const project = projectWith(line('one'))
    const host = hostOf(project)
    await host.call('run', { direction: 'up', target: 'head', expected: ['one'], backup: false })
    project.exec('insert into one default values; insert into one default values')
    const up = `await knex.schema.alterTable('one', (table) => { table.string('note') })
  await knex.schema.createTable('two', (table) => { table.increments() })`
    add(project, { id: 'two', parents: ['one'], up })
    const drop = `await knex.schema.dropTable('one')`
    add(project, { id: 'three', parents: ['two'], up: drop, transaction: false })
    const plan = await host.call('plan', { direction: 'up', target: 'head' })
    expect(plan).toMatchObject({
      direction: 'up',
      from: ['one'],
      to: ['three'],
      target: 'head',
      isTransactional: true,
    })
    expect(plan.steps).toMatchObject([
      {
        revision: 'two',
        file: 'migrations/two.js',
        path: `${project.folder}/migrations/two.js`,
        isAtomic: true,
        destructive: false,
        operations: ['Add column one.note: varchar(255)', 'Create table two with 1 column'],
        notUndone: ['Downgrade undoes nothing: the down of the script is empty.'],
        isBlocked: false,
      },
      {
        revision: 'three',
        isAtomic: false,
        destructive: true,
        hazards: [{ code: 'H01', object: 'one', rows: 2 }],
        notUndone: [
          'Downgrade undoes nothing: the down of the script is empty.',
          'Downgrade can bring the table one back, not its rows (2 rows).',
        ],
      },
    ])
    expect(plan.steps[0]?.locks).toEqual([
      'The whole database: other writers wait until the step is committed; readers go on until then.',
    ])
    expect(plan.steps[0]?.statements).toHaveLength(2)
    const down = await host.call('plan', { direction: 'down', target: 'base' })
    expect(down).toMatchObject({
      from: ['one'],
      to: [],
      steps: [{ revision: 'one', direction: 'down' }],
    })
    expect(down.steps[0]?.notUndone).toEqual([
      'Upgrade can bring the table one back, not its rows (2 rows).',
    ])
  })

  test('steps back have a goal that stays, and each step the target of its own', async () => {
    const project = projectWith(line('one', 'two', 'three'))
    const host = hostOf(project)
    await upgradeAll(host)
    const plan = await host.call('plan', { direction: 'down', target: '-2' })
    expect(plan).toMatchObject({
      target: 'one',
      to: ['one'],
      steps: [
        { revision: 'three', target: 'two' },
        { revision: 'two', target: 'one' },
      ],
    })
    await project.ok('downgrade', '--allow-destructive', '-1')
    const again = await host.call('plan', { direction: 'down', target: plan.target })
    expect(again).toMatchObject({ target: 'one', steps: [{ revision: 'two' }] })
    expect(await host.call('plan', { direction: 'up', target: '+1' })).toMatchObject({
      target: 'three',
      steps: [{ revision: 'three', target: 'three' }],
    })
  })

  test('while a plan is made, the script that takes its time is named', async () => {
    const slow = 'await new Promise((resolve) => setTimeout(resolve, 50))'
    const project = projectWith(
      ['one', 'two'].map((id, at) => ({ id, parents: at === 0 ? [] : ['one'], up: slow })),
    )
    const told: unknown[] = []
    await hostOf(project).call(
      'plan',
      { direction: 'up', target: 'head' },
      { onEvent: (event) => told.push(event) },
    )
    expect(told.slice(0, 2)).toEqual([
      { kind: 'trying', revision: 'one', index: 1, of: 2 },
      { kind: 'trying', revision: 'two', index: 2, of: 2 },
    ])
  })

  test('a plan that a script makes fail names its file and line', async () => {
    const project = projectWith([{ id: 'one', parents: [], up: `throw new Error('boom')` }])
    const failure = await failureOf(
      hostOf(project).call('plan', { direction: 'up', target: 'heads' }),
    )
    expect(failure).toMatchObject({
      code: 'SCRIPT_FAILED',
      details: { revision: 'one', file: `${project.folder}/migrations/one.js`, line: 7 },
    })
  })

  test('rows in the way block their step, and the run is refused', async () => {
    const project = projectWith(line('one'))
    const host = hostOf(project)
    await host.call('run', { direction: 'up', target: 'head', expected: ['one'], backup: false })
    project.exec('insert into one default values')
    const up = `await knex.schema.alterTable('one', (table) => { table.string('name').notNullable() })`
    add(project, { id: 'two', parents: ['one'], up })
    add(project, { ...line('three')[0], id: 'three', parents: ['two'] })
    const plan = await host.call('plan', { direction: 'up', target: 'head' })
    expect(plan.steps.map(({ isBlocked }) => isBlocked)).toEqual([true, false])
    const expected = plan.steps.map(({ revision }) => revision)
    const run = host.call('run', { direction: 'up', target: 'head', expected, backup: false })
    expect(await failureOf(run)).toMatchObject({ code: 'ROWS_IN_THE_WAY', exit: 1 })
  })

  test('a plan with nothing to do has no step, and one that cannot be made says why', async () => {
    const project = projectWith(line('one'))
    const host = hostOf(project)
    await host.call('run', { direction: 'up', target: 'head', expected: ['one'], backup: false })
    expect(await host.call('plan', { direction: 'up', target: 'head' })).toMatchObject({
      from: ['one'],
      to: ['one'],
      steps: [],
    })
    expect(
      (await failureOf(host.call('plan', { direction: 'up', target: 'nowhere' }))).code,
    ).toMatch(/^REV_/)
  })

  test('a revision that only the history has is in the tree, and has no text', async () => {
    const project = projectWith(line('one', 'two'))
    const host = hostOf(project)
    await host.call('run', {
      direction: 'up',
      target: 'head',
      expected: ['one', 'two'],
      backup: false,
    })
    project.exec(`update migrate_tui_revisions set revision = 'gone' where revision = 'two'`)
    const { revisions, current } = await host.call('overview', {})
    expect(revisions.map(({ revision, state }) => [revision, state])).toEqual([
      ['gone', 'fileMissing'],
      ['two', 'pending'],
      ['one', 'current'],
    ])
    expect(revisions[0]).toMatchObject({ downRevision: ['one'], message: 'two.', path: null })
    expect(current).toContain('gone')
    expect(await host.call('script', { revision: 'gone' })).toMatchObject({
      path: null,
      text: null,
      recorded: { state: 'applied' },
      isUnchanged: null,
    })
  })

  test('the effect of a revision is found wherever it stands', async () => {
    const project = projectWith(line('one', 'two', 'three'))
    const host = hostOf(project)
    await host.call('run', {
      direction: 'up',
      target: 'two',
      expected: ['one', 'two'],
      backup: false,
    })
    add(project, {
      id: 'four',
      parents: ['three'],
      up: `await knex.raw('create view v as select 1')`,
    })
    for (const revision of ['one', 'two', 'three']) {
      expect(await host.call('effect', { revision })).toMatchObject({
        up: { operations: [`Create table ${revision} with 1 column`], empty: false },
        down: { operations: [`Drop table ${revision}`], empty: false },
      })
    }
    // A down that undoes nothing is no failure to look at.
    expect(await host.call('effect', { revision: 'four' })).toMatchObject({
      up: { statements: ['create view v as select 1'], empty: false },
      down: { statements: [], empty: true },
    })
  })
})
