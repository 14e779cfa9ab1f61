/** Values given for the rows that a new column finds. */
import { expect, test } from 'vitest'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const models = (column: string): string => `exports.A = class A extends Model {
  static tableName = 'a'
  static defineTable(table) { table.increments(); ${column} }
}`

test.each(ONE_OF_EACH)('on $name a question mark in one is a question mark', async (engine) => {
  const { project, writeModels, database } = await makeServerProject(engine)
  writeModels(models(''))
  await project.ok('migrate', '-m', 'one')
  await project.ok('upgrade')
  await database.sql('insert into a (id) values (1)')

  writeModels(models("table.string('x', 40).notNullable()"))
  await project.ok('migrate', '-m', 'two', '--fill', `a.x=concat(id, ' ?? ', '?')`)
  await project.ok('upgrade')
  expect(await database.sql('select x from a')).toEqual([{ x: '1 ?? ?' }])
})
