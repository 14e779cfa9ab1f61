/** Scripts that spell names otherwise than the tables do, on the server that does not mind. */
import { expect, test } from 'vitest'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const [mariadb] = ONE_OF_EACH.filter(({ client }) => client === 'mysql2')

test('MariaDB drops, renames and alters columns in another case', async () => {
  if (mariadb === undefined) throw new Error('MariaDB is not among the servers.')
  const { project, database } = await makeServerProject(mariadb, {
    scripts: [
      {
        id: 'aaa',
        parents: [],
        up: `await knex.schema.createTable('t', (table) => {
    table.increments()
    table.integer('c2')
    table.integer('c3')
  })
  await knex('t').insert({ c2: 1, c3: 2 })`,
      },
      {
        id: 'bbb',
        parents: ['aaa'],
        up: `await knex.schema.alterTable('t', (table) => { table.dropColumn('C2') })
  await knex.schema.alterTable('t', (table) => { table.renameColumn('C3', 'c4') })
  await knex.schema.alterTable('t', (table) => { table.string('C4', 20).alter() })`,
      },
    ],
  })
  await project.ok('upgrade', 'aaa')
  const refused = await project.run(['upgrade', '--json'])
  expect(refused.code).toBe(3)
  expect(refused.stdout).toContain('t.c2')
  await project.ok('upgrade', '--allow-destructive')
  expect(await database.sql('select * from t')).toEqual([{ id: 1, c4: '2' }])
})
