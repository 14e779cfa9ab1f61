/** Scripts that do what no script should: a run of them fails in words, and takes them back. */
import { expect, test } from 'vitest'
import type { TestProject } from '../support/project.js'
import type { Script } from '../support/revision-line.js'
import { applied, errorOf, projectWith, tables } from '../support/revision-line.js'

/** A project whose first revision makes a table with one row, and whose second does this. */
function projectThat(up: string, more: Partial<Script> = {}): TestProject {
  const first = `await knex.schema.createTable('ts', (table) => { table.integer('id') })
    await knex('ts').insert({ id: 1 })`
  return projectWith([
    { id: 'aaa', parents: [], up: first },
    { id: 'bbb', parents: ['aaa'], up, ...more },
  ])
}

/** The failure of the second revision, of which nothing is left. */
async function failureOf(project: TestProject): Promise<ReturnType<typeof errorOf>> {
  const result = await project.run(['upgrade', '--json'])
  const error = errorOf(result)
  expect([result.code, tables(project), applied(project)]).toEqual([1, ['ts'], ['aaa']])
  expect(project.rows('select id from ts')).toEqual([{ id: 1 }])
  return error
}

test.each(['return Promise.reject()', 'throw undefined', 'throw null'])(
  '%s is a failure like any other',
  async (last) => {
    const project = projectThat(`await knex('ts').insert({ id: 2 })
    await knex.schema.createTable('later', (table) => { table.increments() })
    ${last}`)
    const { message } = await failureOf(project)
    expect(message).toBe('Revision bbb failed to upgrade: the script rejected without a reason')
  },
)

test.each([
  [`throw 'no good'`, 'no good'],
  [`throw { message: 'no good', code: 7 }`, 'no good'],
  [`throw { status: 404, where: ['here'] }`, "{ status: 404, where: [ 'here' ] }"],
])('%s is told by what it says', async (last, said) => {
  const { message } = await failureOf(projectThat(`await knex('ts').insert({ id: 2 })\n${last}`))
  expect(message).toBe(`Revision bbb failed to upgrade: ${said}`)
})

test.each([
  ['process.exit(0)', 'it called process.exit(0)'],
  ['try { process.exit() } catch {}', 'it called process.exit()'],
  ['await new Promise(() => {})', 'it never ended'],
])('%s ends the revision, not the process', async (last, said) => {
  const made = `await knex.schema.createTable('later', (table) => { table.increments() })
    await knex('ts').insert({ id: 2 })`
  const after = await failureOf(projectThat(`${made}\n    ${last}`))
  expect(after).toMatchObject({
    message: `Revision bbb failed to upgrade: ${said}`,
    state: expect.any(String) as unknown,
  })
  const alone = await projectThat(last).run(['upgrade', '--json'])
  expect([alone.code, errorOf(alone).message]).toEqual([
    1,
    `Revision bbb (migrations/bbb.js) cannot run up: ${said}`,
  ])
})

test('process.exit at the top level of a script is a script that cannot be loaded', async () => {
  const project = projectThat('')
  project.write('migrations/bbb.js', `${project.read('migrations/bbb.js')}process.exit(0)\n`)
  const result = await project.run(['upgrade', '--json'])
  expect(result.code).toBe(2)
  expect(errorOf(result).message).toBe('bbb.js could not be loaded: it called process.exit(0)')
})

test('process.exit in the configuration is no success', async () => {
  const project = projectThat('')
  project.write('migrate-tui.config.js', 'process.exit(0)\n')
  const result = await project.run(['current', '--json'])
  expect(result.code).not.toBe(0)
  expect(errorOf(result).message).toContain('called process.exit(0)')
})

test.each([
  [
    `knex('ts').insert({ id: 11 })
      .then(() => knex('ts').insert({ id: 12 }))
      .then(() => knex.schema.createTable('later', (table) => { table.increments() }))`,
    'a statement',
  ],
  [
    `await knex('ts').insert({ id: 2 })
    knex.schema.alterTable('ts', (table) => { table.integer('more') })`,
    'alterTable ts',
  ],
  [
    `await knex('ts').insert({ id: 2 })
    knex.schema.createTable('later', (table) => { table.increments() }).then(() => {})`,
    'createTable later',
  ],
  [
    `await knex('ts').insert({ id: 2 })
    setImmediate(() => knex('ts').insert({ id: 3 }).then(() => {}))`,
    'a statement',
  ],
])('what is not awaited fails the revision: %s', async (up, what) => {
  const { message } = await failureOf(projectThat(up))
  expect(message).toBe(`Revision bbb failed to upgrade: it did not await ${what}`)
})

test('a schema call that is never run is told before anything runs', async () => {
  const project = projectThat(`knex.schema.alterTable('ts', (table) => { table.integer('more') })`)
  const result = await project.run(['upgrade', '--json'])
  expect(result.code).toBe(1)
  expect(errorOf(result).message).toBe(
    'Revision bbb (migrations/bbb.js) cannot run up: it did not await alterTable ts',
  )
})

test('what is awaited, printed, nested or streamed is no fault', async () => {
  const project = projectThat(`const sub = knex('ts').select('id')
    await knex('ts').whereIn('id', sub).update({ id: 2 })
    knex.schema.dropTable('ts').toString()
    await Promise.all([knex('ts').insert({ id: 3 }), knex.schema.createTable('other', (table) => { table.integer('id') })])
    await knex.transaction(async (trx) => { await trx('ts').insert({ id: 4 }) })
    for await (const row of knex('ts').select().orderBy('id').stream()) await knex('other').insert(row)
    await new Promise((resolve, reject) => {
      knex('ts').select().stream().on('data', () => {}).on('end', resolve).on('error', reject)
    })
    return knex('ts').insert({ id: 5 })`)
  await project.ok('upgrade')
  const ids = (table: string): unknown =>
    project.rows(`select id from ${table}`).map(({ id }) => id)
  expect([ids('ts'), ids('other')]).toEqual([
    [2, 3, 4, 5],
    [2, 3, 4],
  ])
})

test.each(['commit', 'begin', 'ROLLBACK;', 'start transaction', 'end'])(
  'a script in our transaction cannot send %s',
  async (sql) => {
    const project = projectThat(`await knex('ts').insert({ id: 2 })
    await knex.raw(${JSON.stringify(sql)})`)
    const result = await project.run(['upgrade', '--json'])
    expect([result.code, tables(project)]).toEqual([1, []])
    const { message, hint } = errorOf(result)
    expect(message).toContain(
      `bbb (migrations/bbb.js) cannot run up: it sends ${sql.replace(';', '')} inside`,
    )
    expect(hint).toContain('config.transaction = false')
  },
)

test('a script that keeps the plan waiting is named, once', async () => {
  const project = projectThat('await new Promise((done) => setTimeout(done, 2500))')
  const { code, stderr } = await project.run(['upgrade', '--dry-run'])
  expect(code).toBe(0)
  const said = 'Still planning: the up of revision bbb (migrations/bbb.js) takes long.'
  expect(stderr.split(said)).toHaveLength(2)
})
