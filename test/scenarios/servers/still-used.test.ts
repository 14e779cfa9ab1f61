/** What a change takes from views, functions and policies is said before it runs, not first by the server. */
import { expect, test } from 'vitest'
import type { ComparisonDocument } from '../../../src/workflows/documents.js'
import { makeServerProject, POSTGRES } from '../../support/server-project.js'

const model = (columns: string): string => `
exports.User = class User extends Model {
  static tableName = 'users'
  static defineTable(table) {
    table.increments()
    ${columns}
  }
}`

const WHOLE = `table.string('name', 80); table.string('email', 120); table.integer('age'); table.string('note', 20)`

test.each(POSTGRES)('on $name diff, migrate and a plan say who uses what goes', async (engine) => {
  const { project, database, writeModels } = await makeServerProject(engine, {
    models: model(WHOLE),
  })
  await project.ok('migrate', '-m', 'users')
  await project.ok('upgrade')
  await database.sql(`create view emails as select email from users;
    create function oldest() returns int language sql begin atomic select max(age) from users; end`)
  writeModels(model(`table.text('name'); table.bigInteger('age')`))

  const diff = await project.run(['diff'])
  expect([diff.code, diff.stderr]).toEqual([0, ''])
  expect(diff.stdout).toContain('users.email cannot be dropped: view emails uses it.')
  expect(diff.stdout).toContain('users.age cannot be changed: function oldest() uses it.')
  for (const args of [['diff'], ['check'], ['migrate', '--plan']]) {
    const found = (await project.json(...args)) as ComparisonDocument
    expect(found.changes.map(({ kind, name, up }) => [kind, name, up.length > 0])).toEqual([
      ['alterColumn', 'name', true],
      ['alterColumn', 'age', false],
      ['dropColumn', 'email', false],
      ['dropColumn', 'note', true],
    ])
    expect(found.notes).toMatchObject([
      { code: 'STILL_USED', where: 'users.age' },
      { code: 'STILL_USED', where: 'users.email' },
    ])
  }

  const written = await project.run(['migrate', '-m', 'less'])
  expect([written.code, written.stderr]).toEqual([
    0,
    expect.stringContaining('2 changes of this script are refused by the database'),
  ])
  const plan = await project.run(['upgrade', '--dry-run'])
  expect([plan.code, plan.stdout]).toEqual([1, ''])
  expect(plan.stderr).toContain(
    'cannot run up: users.email cannot be dropped: view emails uses it.',
  )

  await database.sql('drop view emails; drop function oldest()')
  await project.ok('upgrade', '--dry-run')
  await project.ok('upgrade', '--allow-destructive')
  await project.ok('check')
})

test.each(POSTGRES)(
  'on $name a script that drops the user first is not held up',
  async (engine) => {
    const { project, database } = await makeServerProject(engine, {
      scripts: [
        {
          id: 'aaa',
          parents: [],
          up: `await knex.schema.createTable('users', (table) => { table.increments(); table.text('email') })
  await knex.raw('create view emails as select email from users')`,
        },
      ],
    })
    await project.ok('upgrade')
    const drop = `await knex.schema.alterTable('users', (table) => { table.dropColumn('email') })`
    const first = [`await knex.schema.dropView('emails')`, `await knex.raw('drop view emails')`]
    for (const before of first) {
      project.write('migrations/bbb.js', script(`${before}\n  ${drop}`))
      const plan = await project.run(['upgrade', '--dry-run'])
      expect([plan.code, plan.stdout]).toEqual([0, expect.not.stringContaining('emails uses it')])
    }
    await project.ok('upgrade', '--allow-destructive')
    expect(await database.sql(`select 1 from pg_views where viewname = 'emails'`)).toEqual([])
  },
)

const script = (up: string): string => `exports.revision = 'bbb'
exports.downRevision = 'aaa'
exports.up = async (knex) => {
  ${up}
}
exports.down = async () => {}
`
