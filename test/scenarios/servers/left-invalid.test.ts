/** What a failed `create index concurrently` leaves, and what is said of it. */
import { expect, test } from 'vitest'
import { errorOf } from '../../support/revision-line.js'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const [postgres] = ONE_OF_EACH.filter(({ client }) => client === 'pg')

test.each([
  ['create unique index concurrently "Same n" on public.a (n)', '"Same n"'],
  ['/* once */ create unique index concurrently if not exists same_n on only a (n)', 'same_n'],
  ['create unique index concurrently on a (n)', 'a_n_idx'],
])('%s leaves its index, and that is said', async (sql, name) => {
  if (postgres === undefined) throw new Error('PostgreSQL is not among the servers.')
  const { project, database } = await makeServerProject(postgres, {
    scripts: [
      {
        id: 'aaa',
        parents: [],
        up: "await knex.raw('create table a as select 1 as n from generate_series(1, 2)')",
      },
      {
        id: 'bbb',
        parents: ['aaa'],
        transaction: false,
        up: `await knex.raw(${JSON.stringify(sql)})`,
      },
    ],
  })
  const error = errorOf(await project.run(['upgrade', '--json']))
  expect(error.code).toBe('ROWS_NOT_UNIQUE')
  expect(error.state?.split('\n')).toEqual([
    'It ran outside a transaction: no statement of it stands; 1 before it was applied and committed.',
    `The index ${name} that failed stands, invalid, and keeps its name taken: before you run again, drop index concurrently ${name}`,
  ])
  await database.sql(`delete from a; drop index ${name}`)
  await project.ok('upgrade')
})
