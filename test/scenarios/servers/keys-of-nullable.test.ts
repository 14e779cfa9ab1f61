/** Columns that may be null and come into the primary key, where the server lets no key column be null. */
import { expect, test } from 'vitest'
import type { ServerEngine, ServerProject } from '../../support/server-project.js'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const models = (key: string): string => `exports.Note = class Note extends Model {
  static tableName = 'notes'
  static defineTable(table) {
    table.string('code', 20)
    table.string('text', 40).defaultTo('none')
    ${key}
  }
}`

/** A project whose table has a row, and then `code` for its key. */
async function keyed(
  engine: ServerEngine,
  { row, fill }: { readonly row: string; readonly fill: string },
): Promise<ServerProject> {
  const made = await makeServerProject(engine, { models: models('') })
  await made.project.ok('migrate', '-m', 'one')
  await made.project.ok('upgrade')
  await made.database.sql(row)
  made.writeModels(models("table.primary(['code'])"))
  await made.project.ok('migrate', '-m', 'two', '--fill', `notes.code=${fill}`)
  await made.project.ok('upgrade')
  await made.project.ok('check')
  return made
}

test.each(ONE_OF_EACH)('on $name they may be null again on the way back', async (engine) => {
  const { project, database, writeModels } = await keyed(engine, {
    row: "insert into notes (code) values ('a')",
    fill: "'x'",
  })
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
  const { database } = await keyed(engine, {
    row: "insert into notes (text) values ('a')",
    fill: "concat('of ', text)",
  })
  expect(await database.sql('select code from notes')).toEqual([{ code: 'of a' }])
})
