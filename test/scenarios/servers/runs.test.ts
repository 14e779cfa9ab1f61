/** Runs that meet, end early or fail, on servers: what they say, and what stands afterwards. */
import { describe, expect, test } from 'vitest'
import type { RunDocument } from '../../../src/workflows/documents.js'
import { type SqlOf, SLEEP, slowSession, startUpgrade } from '../../support/slow-upgrade.js'
import { add, errorOf, line } from '../../support/revision-line.js'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

/** A sleep that MariaDB interrupts is no error; this is. */
const ENDLESS = `await knex.raw('insert into a (id) select null from information_schema.columns x, information_schema.columns y, information_schema.columns z')`
const table = (name: string): string =>
  `await knex.schema.createTable('${name}', (table) => { table.increments() })`

/** MariaDB's driver sends one statement at a time. */
const [postgres] = ONE_OF_EACH.filter(({ client }) => client === 'pg')

test('a loss behind another statement of the same text is asked for', async () => {
  if (postgres === undefined) throw new Error('PostgreSQL is not among the servers.')
  const { project, tables } = await makeServerProject(postgres, {
    scripts: [
      ...line('aaa'),
      { id: 'bbb', parents: ['aaa'], up: "await knex('aaa').insert({ id: 1 })" },
      {
        id: 'ccc',
        parents: ['bbb'],
        up: "await knex.raw('select 1; /* now */ drop table aaa')",
      },
    ],
  })
  await project.ok('upgrade', 'bbb')
  const refused = await project.run(['upgrade', '--json'])
  expect(refused.code).toBe(3)
  expect(await tables()).toEqual(['aaa'])
  await project.ok('upgrade', '--allow-destructive', '--no-backup')
  expect(await tables()).toEqual([])
})

describe.each(ONE_OF_EACH)('$name', (engine) => {
  const slow = SLEEP[engine.client]
  const isPostgres = engine.client === 'pg'

  const waiter = (sql: SqlOf): Promise<unknown> => slowSession(engine, sql)

  test('what a script asks of the driver itself comes after what the tool has sent', async () => {
    const asks = [
      "await knex.raw('insert into aaa (id) values (1)')",
      "if ((await knex('aaa')).length !== 1) throw new Error('the row of before is not there')",
      "await knex.transaction((trx) => trx('aaa').insert({ id: 7 }))",
      "for await (const { id } of knex('aaa').stream()) await knex('aaa').insert({ id: 100 + id })",
      "await knex.transaction((trx) => trx('aaa').where('id', '<', 100).del(), { isolationLevel: 'serializable' })",
    ]
    const ids = asks.map((_, index) => `b${index}`)
    const { project, database, applied } = await makeServerProject(engine, {
      scripts: [
        ...line('aaa'),
        ...asks.map((up, index) => ({ id: `b${index}`, parents: [ids[index - 1] ?? 'aaa'], up })),
      ],
    })
    const { code, stderr } = await project.run(['upgrade', '--allow-destructive', '--no-backup'])
    expect(code, stderr).toBe(0)
    // PostgreSQL's driver warns of a statement that is asked for while another runs.
    expect(stderr).not.toMatch(/deprecat/i)
    expect(await applied()).toEqual(['aaa', ...ids])
    expect(await database.sql('select id from aaa order by id')).toEqual([{ id: 101 }, { id: 107 }])
  })

  test('eight upgrades at once: one applies, the others find it done', async () => {
    const { project, tables, applied } = await makeServerProject(engine, {
      scripts: [
        ...line('aaa', 'bbb'),
        { id: 'ccc', parents: ['bbb'], up: `${slow(0.3)}\n${table('slow')}` },
        { id: 'ddd', parents: ['ccc'] },
      ],
    })
    const args = ['upgrade', '--json', '--lock-timeout', '60s']
    const runs = await Promise.all(Array.from({ length: 8 }, () => project.run(args)))
    expect(runs.map(({ code, stdout, stderr }) => (code === 0 ? 0 : stdout + stderr))).toEqual(
      runs.map(() => 0),
    )
    const steps = runs.map(({ stdout }) => (JSON.parse(stdout) as RunDocument).steps.length)
    expect(steps.toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 4])
    expect(await applied()).toEqual(['aaa', 'bbb', 'ccc', 'ddd'])
    expect(await tables()).toEqual(['aaa', 'bbb', 'ddd', 'slow'])
  })

  test('a run that is killed holds nothing: who waits is told of it, and the next one goes on', async () => {
    const { project, database, tables, applied } = await makeServerProject(engine, {
      scripts: [...line('aaa'), { id: 'bbb', parents: ['aaa'], up: `${table('b')}\n${slow(20)}` }],
    })
    const upgrade = startUpgrade(project)
    await waiter((text) => database.sql(text))
    const waiting = await project.run(['upgrade', '--lock-timeout', '200ms'])
    expect(waiting.code).toBe(1)
    expect(waiting.stderr).toMatch(/The lock is held by .* since \d{4}-/)
    upgrade.kill()
    await upgrade.done
    project.write('migrations/bbb.js', project.read('migrations/bbb.js').replace(slow(20), ''))
    // A transaction took everything back; where DDL commits itself, what stands is in the way.
    if (!isPostgres) await database.sql('drop table b')
    await project.ok('upgrade', '--lock-timeout', '30s')
    expect([await applied(), await tables()]).toEqual([
      ['aaa', 'bbb'],
      ['aaa', 'b'],
    ])
  })

  test('a connection that is lost in the middle of a revision is said, with what stands', async () => {
    const { project, database, tables, applied } = await makeServerProject(engine, {
      scripts: line('aaa'),
    })
    await project.ok('upgrade')
    add(project, { id: 'bbb', parents: ['aaa'] })
    const alter = `await knex.schema.alterTable('aaa', (table) => { table.integer('more') })`
    add(project, { id: 'ccc', parents: ['bbb'], up: `${table('c')}\n${alter}\n${table('d')}` })
    await database.sql(
      isPostgres ? 'begin; lock table aaa in share mode' : 'begin; select * from aaa',
    )
    const upgrade = startUpgrade(project)
    const id = await waiter((text) => database.sql(text))
    await database.sql(
      isPostgres ? `select pg_terminate_backend(${String(id)})` : `kill ${String(id)}`,
    )
    await database.sql('rollback')
    const { code, stdout } = await upgrade.done
    expect(code).toBe(1)
    const error = errorOf({ code, stdout, stderr: '' })
    expect(error.code).toBe('CONNECT_LOST')
    expect(error.message).toMatch(/ccc .*lost/)
    const state = error.state?.split('\n') ?? []
    if (isPostgres) {
      // Both shared the transaction that went with the session.
      expect(state).toEqual(['It was rolled back whole; nothing else was applied.'])
      expect([await applied(), await tables()]).toEqual([['aaa'], ['aaa']])
    } else {
      expect(state).toEqual([
        'Schema changes commit themselves here: its first statement stands; 1 before it was applied and committed.',
        expect.stringMatching(/^ {2}create table `c`/),
        'Whether this one was still carried out is not known:',
        expect.stringMatching(/^ {2}alter table `aaa`/),
      ])
      expect([await applied(), await tables()]).toEqual([
        ['aaa', 'bbb'],
        ['aaa', 'bbb', 'c'],
      ])
      await database.sql('drop table c')
    }
    await project.ok('upgrade')
    expect(await tables()).toEqual(['aaa', 'bbb', 'c', 'd'])
  })

  test('a failure in the middle says exactly what stands', async () => {
    const { project, database, tables, applied } = await makeServerProject(engine, {
      scripts: [
        ...line('aaa'),
        {
          id: 'bbb',
          parents: ['aaa'],
          up: `${table('b')}
  await knex('aaa').insert({ id: 7 })
  await knex.schema.alterTable('aaa', (table) => { table.integer('more') })
  await knex('aaa').insert({ id: 8 })
  await knex.raw('insert into nowhere values (1)')`,
        },
      ],
    })
    const failed = await project.run(['upgrade', '--json'])
    expect(failed.code).toBe(1)
    const error = errorOf(failed)
    expect(error.message).toMatch(/bbb/)
    const state = error.state ?? ''
    if (isPostgres) {
      expect(state).toBe('It was rolled back whole; 1 before it was applied and committed.')
      expect([await applied(), await tables()]).toEqual([['aaa'], ['aaa']])
    } else {
      // What DDL committed stands, the row before it too; the row after it was rolled back.
      expect(state.split('\n')).toEqual([
        'Schema changes commit themselves here: its first 3 statements stand; 1 before it was applied and committed.',
        expect.stringMatching(/^ {2}create table `b`/),
        expect.stringMatching(/^ {2}insert into `aaa`.*7/),
        expect.stringMatching(/^ {2}alter table `aaa` add.*`more`/),
      ])
      expect((await database.sql('select id from aaa')).map(({ id }) => id)).toEqual([7])
      expect([await applied(), await tables()]).toEqual([['aaa'], ['aaa', 'b']])
    }
  })

  test('a statement or a lock that takes too long is given up, and said', async () => {
    const long = await makeServerProject(engine, {
      config: 'statementTimeout: 300,',
      scripts: [
        { id: 'aaa', parents: [], up: `${table('a')}\n${isPostgres ? slow(20) : ENDLESS}` },
      ],
    })
    const stopped = await long.project.run(['upgrade', '--json'])
    expect(stopped.code).toBe(1)
    expect(errorOf(stopped)).toMatchObject({ code: 'STATEMENT_TIMEOUT' })
    expect(await long.applied()).toEqual([])

    const held = await makeServerProject(engine, {
      config: 'lockTimeout: 300,',
      scripts: [
        ...line('aaa'),
        {
          id: 'bbb',
          parents: ['aaa'],
          up: `await knex.schema.alterTable('aaa', (table) => { table.integer('n') })`,
        },
      ],
    })
    await held.project.ok('upgrade', 'aaa')
    await held.database.sql('begin; insert into aaa (id) values (1)')
    const refused = await held.project.run(['upgrade', '--json'])
    await held.database.sql('rollback')
    expect(refused.code).toBe(1)
    expect(errorOf(refused)).toMatchObject({ code: 'LOCK_TIMEOUT' })
    await held.project.ok('upgrade')
    expect(await held.applied()).toEqual(['aaa', 'bbb'])
  })
})
