/** Keys that foreign keys of other tables rest on, made anew with rows in both. */
import { expect, test } from 'vitest'
import { makeServerProject, ONE_OF_EACH, POSTGRES } from '../../support/server-project.js'

interface Keys {
  readonly primary: string
  readonly unique: string
  readonly index: string
}

/** The child's name comes first: its keys may only be added once the parent's are there. */
const models = ({ primary, unique, index }: Keys): string => `
exports.Team = class Team extends Model {
  static tableName = 'teams'
  static defineTable(table) {
    table.integer('org').notNullable()
    table.integer('nr').notNullable()
    table.string('code', 20).notNullable()
    table.string('tag', 20).notNullable()
    table.primary(${primary})
    table.unique(['code'], { indexName: '${unique}' })
    table.unique(['tag'], { indexName: '${index}', useConstraint: false })
  }
}
exports.Member = class Member extends Model {
  static tableName = 'members'
  static defineTable(table) {
    table.increments()
    table.integer('org')
    table.integer('nr')
    table.string('code', 20)
    table.string('tag', 20)
    table.foreign(['org', 'nr']).references(['org', 'nr']).inTable('teams')
    table.foreign('code').references('code').inTable('teams')
    table.foreign('tag').references('tag').inTable('teams')
  }
}`

const BEFORE: Keys = { primary: "['org', 'nr']", unique: 'u_code', index: 'i_tag' }

test.each(ONE_OF_EACH)('on $name they are freed first, and no row is lost', async (engine) => {
  const { project, writeModels, database } = await makeServerProject(engine)
  writeModels(models(BEFORE))
  await project.ok('migrate', '-m', 'one')
  await project.ok('upgrade')
  await database.sql("insert into teams (org, nr, code, tag) values (1, 2, 'c', 't')")
  await database.sql("insert into members (org, nr, code, tag) values (1, 2, 'c', 't')")

  writeModels(models({ ...BEFORE, unique: 'u_code_2', index: 'i_tag_2' }))
  await project.ok('migrate', '-m', 'two')
  await project.ok('upgrade')
  await project.ok('check')
  await project.ok('downgrade')
  await project.ok('upgrade')
  expect(await database.sql('select org, nr, code, tag from members')).toEqual([
    { org: 1, nr: 2, code: 'c', tag: 't' },
  ])
})

test.each(POSTGRES)('on $name a primary key in another order too', async (engine) => {
  const { project, writeModels } = await makeServerProject(engine)
  writeModels(models(BEFORE))
  await project.ok('migrate', '-m', 'one')
  await project.ok('upgrade')
  writeModels(models({ ...BEFORE, primary: "['nr', 'org']" }))
  await project.ok('migrate', '-m', 'two')
  await project.ok('upgrade')
  await project.ok('check')
  await project.ok('downgrade')
})
