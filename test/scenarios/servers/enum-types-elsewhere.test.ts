/** A script with enum types runs both ways on an engine that has none. */
import { expect, test } from 'vitest'
import { makeProject, sqliteProject, type TestProject } from '../../support/project.js'
import { makeServerProject, SERVER_ENGINES } from '../../support/server-project.js'

const MODELS = `exports.A = class A extends Model {
  static tableName = 'a'
  static defineTable(table) {
    table.increments()
    table.enu('n', ['x', 'y'], { useNative: true, enumName: 'kinds' })
    table.enu('m', ['x', 'y'], { useNative: true, enumName: 'kinds', existingType: true })
  }
}`

/** As it is written where the type is one of the database's own. */
const SCRIPT = `const { dropEnum } = require('migrate-tui/operations')
exports.revision = 'aaa'
exports.downRevision = null
exports.up = async (knex) => {
  await knex.schema.createTable('a', (table) => {
    table.increments()
    table.enu('n', ['x', 'y'], { useNative: true, enumName: 'kinds' })
    table.enu('m', ['x', 'y'], { useNative: true, enumName: 'kinds', existingType: true })
  })
}
exports.down = async (knex) => {
  await knex.schema.dropTable('a')
  await dropEnum(knex, 'kinds', ['x', 'y'])
}
`

async function expectThereAndBack(project: TestProject): Promise<void> {
  project.write('migrations/20260101000000_aaa_a.js', SCRIPT)
  await project.ok('upgrade')
  expect(await project.json('check')).toMatchObject({ upToDate: true, changes: [] })
  await project.ok('downgrade', '--allow-destructive')
  expect(await project.json('current')).toMatchObject({ current: [], pending: 1 })
  expect(await project.json('verify')).toMatchObject({ ok: true, findings: [] })
}

test.each(SERVER_ENGINES)('on $name', async (engine) => {
  const { project } = await makeServerProject(engine, { models: MODELS })
  await expectThereAndBack(project)
})

test('on SQLite', async () => {
  await expectThereAndBack(makeProject(sqliteProject(MODELS)))
})
