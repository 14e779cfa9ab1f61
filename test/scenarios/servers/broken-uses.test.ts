/** What MariaDB keeps although a change breaks it is said before it is broken. */
import { expect, test } from 'vitest'
import type { ComparisonDocument, RunDocument } from '../../../src/workflows/documents.js'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const model = (columns: string): string => `
exports.User = class User extends Model {
  static tableName = 'users'
  static defineTable(table) {
    table.increments()
    ${columns}
  }
}
exports.Log = class Log extends Model {
  static tableName = 'logs'
  static defineTable(table) {
    table.string('email', 80)
  }
}`

const WHOLE = `table.string('name', 80); table.string('email', 120); table.integer('age')`

const USERS = `create view emails as select u.email as mail, u.age from users u;
  create view names as select name from users;
  create view sayings as select 'users.email' as said, email from logs;
  create trigger noted after insert on users for each row insert into logs values (New.\`email\`)`

const ENGINE = ONE_OF_EACH.filter(({ client }) => client === 'mysql2')

test.each(ENGINE)('on $name views and triggers that use what goes are named', async (engine) => {
  const { project, database, writeModels } = await makeServerProject(engine, {
    models: model(WHOLE),
  })
  await project.ok('migrate', '-m', 'users')
  await project.ok('upgrade')
  await database.sql(USERS)
  writeModels(model(`table.string('full_name', 80); table.integer('age')`))

  const email =
    'users.email is used by view emails, trigger noted: the database keeps them, and they fail from then on.'
  const name = 'users.name is used by view names: the database keeps it, and it fails from then on.'
  const rename = ['--rename', 'users.name:full_name']
  const found = (await project.json('migrate', '--plan', ...rename)) as ComparisonDocument
  expect(found.notes.filter(({ code }) => code === 'BREAKS_USERS')).toEqual([
    expect.objectContaining({
      where: 'users.name',
      message: expect.stringContaining(name) as string,
    }),
    expect.objectContaining({
      where: 'users.email',
      message: expect.stringContaining(email) as string,
    }),
  ])
  const written = await project.run(['migrate', '-m', 'less', ...rename])
  expect([written.code, written.stdout]).toEqual([0, expect.stringContaining(email)])
  const plan = (await project.json('upgrade', '--dry-run')) as RunDocument
  expect(plan.notes.map(({ where }) => where)).toEqual(['users.name', 'users.email'])

  const [file = ''] = project.list('migrations').filter((each) => each.endsWith('less.js'))
  const script = project.read(`migrations/${file}`)
  const anew = `await knex.raw('create or replace view names as select full_name from users')`
  project.write(
    `migrations/${file}`,
    script.replace(/async up\(.*|function up\(.*/, `$&\n  ${anew}`),
  )
  const mended = await project.run(['upgrade', '--dry-run'])
  expect(mended.stderr).toContain(email)
  expect(mended.stderr).not.toContain('view names')
})
