/** Columns whose values MariaDB stores compressed: it prints that in a comment. */
import { expect, test } from 'vitest'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const MARIADB = ONE_OF_EACH.filter(({ client }) => client === 'mysql2')

const model = (columns: string): string => `exports.A = class A extends Model {
  static tableName = 'a'
  static defineTable(table) { table.increments(); ${columns} }
}`

test.each(MARIADB)('on $name they stay so through any change of theirs', async (engine) => {
  const { project, database, writeModels } = await makeServerProject(engine, {
    models: model(`table.specificType('body', 'text compressed'); table.text('plain')`),
  })
  const isMariadb = async (): Promise<boolean> =>
    String((await database.sql('select version() as v'))[0]?.v).includes('MariaDB')
  if (!(await isMariadb())) return
  const compressed = `select column_name as name from information_schema.columns where table_schema = database() and column_type like '%compressed%' order by 1`
  const written = await project.run(['migrate', '-m', 'a'])
  expect(written.stdout).not.toContain('MariaDB refuses it')
  await project.ok('upgrade')
  await database.sql(`insert into a (body, plain) values (repeat('x', 500), 'y')`)

  writeModels(
    model(
      `table.specificType('body', 'text compressed').notNullable().defaultTo('-').comment('long'); table.specificType('plain', 'text compressed')`,
    ),
  )
  await project.ok('migrate', '-m', 'b')
  await project.ok('upgrade')
  expect(await database.sql(compressed)).toEqual([{ name: 'body' }, { name: 'plain' }])
  expect(await project.json('check')).toMatchObject({ upToDate: true })
  await project.ok('downgrade')
  expect(await database.sql(compressed)).toEqual([{ name: 'body' }])
  expect(await database.sql('select length(body) as n, plain from a')).toEqual([
    { n: 500, plain: 'y' },
  ])
})
