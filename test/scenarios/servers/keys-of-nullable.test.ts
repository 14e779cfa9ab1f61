/** Columns that may be null and come into the primary key, where the server lets no key column be null. */
import { expect, test } from 'vitest'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const models = (key: string): string => `exports.Note = class Note extends Model {
  static tableName = 'notes'
  static defineTable(table) {
    table.string('code', 20)
    table.string('text', 40).defaultTo('none')
    ${key}
  }
}`

test.each(ONE_OF_EACH)('on $name they may be null again on the way back', async (engine) => {
  const { project, writeModels, database } = await makeServerProject(engine)
  writeModels(models(''))
  await project.ok('migrate', '-m', 'one')
  await project.ok('upgrade')
  await database.sql("insert into notes (code) values ('a')")
  writeModels(models("table.primary(['code'])"))
  await project.ok('migrate', '-m', 'two', '--fill', "notes.code='x'")
  await project.ok('upgrade')
  await project.ok('check')
  await project.ok('downgrade', '-1')
  await database.sql('insert into notes (text) values (null)')
  expect(await database.sql('select code from notes order by code is null')).toEqual([
    { code: 'a' },
    { code: null },
  ])
  writeModels(models(''))
  expect((await project.run(['check'])).stdout).toContain('No difference')
})

test.each(ONE_OF_EACH)('on $name rows without a value ask for one', async (engine) => {
  const { project, writeModels, database } = await makeServerProject(engine)
  writeModels(models(''))
  await project.ok('migrate', '-m', 'one')
  await project.ok('upgrade')
  await database.sql("insert into notes (text) values ('a')")
  writeModels(models("table.primary(['code'])"))
  await project.ok('migrate', '-m', 'two', '--fill', "notes.code=concat('of ', text)")
  await project.ok('upgrade')
  expect(await database.sql('select code from notes')).toEqual([{ code: 'of a' }])
  await project.ok('check')
})
