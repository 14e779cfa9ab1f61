/** Models that say the schema which the database leaves out. */
import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { RunDocument } from '../../../src/workflows/documents.js'
import { add } from '../../support/revision-line.js'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const models = (schema: string, more = ''): string => `exports.Team = class Team extends Model {
  static tableName = '${schema}.teams'
  static defineTable(table) { table.increments(); table.string('title', 60) }
}
exports.User = class User extends Model {
  static tableName = '${schema}.users'
  static defineTable(table) {
    table.increments()
    table.integer('team_id').unsigned().references('id').inTable('${schema}.teams')
    ${more}
  }
}`

test.each(ONE_OF_EACH)('on $name they are the tables that are there', async (engine) => {
  const { project, database, writeModels, tables } = await makeServerProject(engine)
  const schema = engine.client === 'pg' ? 'public' : new URL(database.url).pathname.slice(1)
  writeModels(models(schema))
  await project.ok('migrate', '-m', 'people')
  await project.ok('upgrade')
  expect(await project.json('check')).toMatchObject({ upToDate: true, unmanaged: [], notes: [] })
  expect(await tables()).toEqual(['teams', 'users'])

  writeModels(models(schema, "table.string('name', 80)"))
  expect(await project.json('check')).toMatchObject({
    changes: [{ kind: 'addColumn', table: 'users' }],
    renames: [],
  })
  await project.ok('migrate', '-m', 'names')
  await project.ok('upgrade')
  expect(await project.json('check')).toMatchObject({ upToDate: true })
  expect(await project.json('verify')).toEqual({ ok: true, findings: [], notes: [] })
})

test.each(ONE_OF_EACH)(
  'on $name only SQL that may change a table hides it from verify',
  async (engine) => {
    const { project, database } = await makeServerProject(engine, {
      scripts: [
        {
          id: 'aaa',
          parents: [],
          up: `await knex.schema.createTable('post', (t) => { t.increments() })
  await knex.schema.createTable('tag', (t) => { t.increments() })`,
        },
        {
          id: 'bbb',
          parents: ['aaa'],
          up: `await knex.raw('create view postings as select id from post')
  await knex.raw('alter table tag add note text')`,
        },
      ],
    })
    expect(((await project.json('upgrade')) as RunDocument).steps).toHaveLength(2)
    expect(await project.json('verify')).toMatchObject({ ok: true, notes: [{ where: 'tag' }] })
    await database.sql('alter table post add by_hand int')
    expect(await project.json('verify')).toMatchObject({
      findings: [{ revision: 'aaa', message: expect.stringContaining('by_hand') as string }],
    })
  },
)

test.each(ONE_OF_EACH)(
  'on $name a failed revision without a file is no finding',
  async (engine) => {
    const { project } = await makeServerProject(engine, {
      scripts: [{ id: 'aaa', parents: [], up: `await knex.raw('insert into nowhere values (1)')` }],
    })
    expect((await project.run(['upgrade'])).code).toBe(1)
    expect(await project.json('verify')).toMatchObject({ findings: [{ code: 'LAST_RUN_FAILED' }] })
    rmSync(`${project.folder}/migrations/aaa.js`)
    add(project, { id: 'bbb', parents: [] })
    expect(await project.json('verify')).toMatchObject({ ok: true })
  },
)
