/** The first day of a project on a server: from nothing to a change that went there and back, with rows. */
import { onTestFinished, test, expect } from 'vitest'
import type {
  ComparisonDocument,
  CurrentDocument,
  RunDocument,
} from '../../../src/workflows/documents.js'
import { makeProject, modelsFile } from '../../support/project.js'
import { SERVER_ENGINES } from '../../support/server-project.js'

const models = (more: string): string =>
  modelsFile(`exports.Team = class Team extends Model {
  static tableName = 'teams'
  static defineTable(table) {
    table.increments()
    table.string('title', 60).notNullable().unique()
  }
}
exports.User = class User extends Model {
  static tableName = 'users'
  static defineTable(table, knex) {
    table.increments()
    table.string('name', 80).notNullable()
    table.integer('team_id').unsigned().references('teams.id').onDelete('SET NULL').index()
    table.timestamp('made_at').notNullable().defaultTo(knex.fn.now())
    ${more}
  }
}`)

test.each(SERVER_ENGINES)('on $name', async (engine) => {
  const database = await engine.open()
  onTestFinished(() => database.drop())
  const project = makeProject({
    'package.json': '{"name":"shop","type":"commonjs"}\n',
    'knexfile.js': `module.exports = { client: '${engine.client}', connection: ${JSON.stringify(database.url)} }\n`,
  })
  await project.ok('init', '--template', 'javascript')
  project.write('migrate-tui.config.js', `module.exports = { knex: './knexfile.js' }\n`)
  project.write('models/index.js', models(''))

  await project.ok('migrate', '-m', 'people')
  await project.ok('upgrade')
  expect(await project.json('check')).toMatchObject({ upToDate: true, notes: [] })
  await database.sql(
    `insert into teams (title) values ('red'); insert into users (name, team_id) values ('ann', 1), ('bob', 1)`,
  )
  const people = 'select id, name, team_id from users order by id'
  const rows = await database.sql(people)
  expect(await project.json('verify')).toEqual({ ok: true, findings: [], notes: [] })
  await database.sql('alter table users add column by_hand int')
  expect(await project.json('verify')).toMatchObject({
    findings: [{ message: expect.stringContaining('by_hand') as string }],
  })
  await database.sql('alter table users drop column by_hand')

  project.write(
    'models/index.js',
    models(`table.integer('level').notNullable()
    table.enu('mood', ['fine', "it's odd"]).defaultTo('fine')
    table.index(['level', 'name'])`),
  )
  const found = (await project.json('check')) as ComparisonDocument
  expect(found.changes.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
    'addColumn level',
    'addColumn mood',
    'addIndex users_level_name_index',
  ])
  await project.ok('migrate', '-m', 'levels', '--fill', 'users.level=3')
  const up = (await project.json('upgrade')) as RunDocument
  expect(up.steps).toHaveLength(1)
  expect(await project.json('check')).toMatchObject({ upToDate: true, changes: [] })
  expect(await database.sql(people)).toEqual(rows)
  expect((await database.sql('select level, mood from users')).map((row) => ({ ...row }))).toEqual([
    { level: 3, mood: 'fine' },
    { level: 3, mood: 'fine' },
  ])

  expect(await project.json('verify')).toEqual({ ok: true, findings: [], notes: [] })
  const refused = await project.run(['downgrade'])
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('level')])
  await project.ok('downgrade', '--allow-destructive')
  expect(await database.sql(people)).toEqual(rows)
  const { pending, heads } = (await project.json('current')) as CurrentDocument
  expect([pending, heads.length]).toEqual([1, 1])
  const behind = await project.run(['check', '--json'])
  expect(behind.code).toBe(3)
  expect((JSON.parse(behind.stdout) as ComparisonDocument).changes).toHaveLength(3)

  await project.ok('upgrade')
  expect(await project.json('check')).toMatchObject({ upToDate: true, changes: [] })
  await project.ok('downgrade', 'base', '--allow-destructive')
  const left = await database.sql(
    `select table_name as name from information_schema.tables where table_name in ('users', 'teams')
      and table_schema = ${engine.client === 'pg' ? 'current_schema()' : 'database()'}`,
  )
  expect(left).toEqual([])
})
