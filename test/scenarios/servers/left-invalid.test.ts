/** What a failed `create index concurrently` leaves, what is said of it, and how it is replaced. */
import { expect, test } from 'vitest'
import { errorOf } from '../../support/revision-line.js'
import type { ServerProject } from '../../support/server-project.js'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const INVALID = `select c.relname as name, i.indisvalid as valid from pg_index i
  join pg_class c on c.oid = i.indexrelid where i.indrelid = 'a'::regclass`

/** A project whose second revision builds a unique index where rows are equal: `up` is its script. */
async function failedOnce(up: string): Promise<{
  readonly state: readonly string[]
  readonly made: ServerProject
}> {
  const [postgres] = ONE_OF_EACH.filter(({ client }) => client === 'pg')
  if (postgres === undefined) throw new Error('PostgreSQL is not among the servers.')
  const table = "await knex.raw('create table a as select 1 as n from generate_series(1, 2)')"
  const made = await makeServerProject(postgres, {
    scripts: [
      { id: 'aaa', parents: [], up: table },
      { id: 'bbb', parents: ['aaa'], transaction: false, up },
    ],
  })
  const error = errorOf(await made.project.run(['upgrade', '--json']))
  expect(error.code).toBe('ROWS_NOT_UNIQUE')
  return { made, state: error.state?.split('\n') ?? [] }
}

const NOTHING_ELSE =
  'It ran outside a transaction: no statement of it stands; 1 before it was applied and committed.'

const raw = (sql: string): string => `await knex.raw(${JSON.stringify(sql)})`
const inSchema = (sql: string): string => `await knex.schema.raw(${JSON.stringify(sql)})`

test.each([
  [raw('create unique index concurrently "Same n" on public.a (n)'), '"Same n"'],
  [raw('/* once */ create unique index concurrently if not exists same_n on only a (n)'), 'same_n'],
  [inSchema('create unique index concurrently same_n on a (n)'), 'same_n'],
])('%s leaves its index, which is said and replaced', async (up, name) => {
  const { state, made } = await failedOnce(up)
  expect(state).toEqual([
    NOTHING_ELSE,
    `The index ${name} that failed stands, invalid: the next run of the revision replaces it. Without one, drop index concurrently ${name}`,
  ])
  await made.database.sql('delete from a')
  const { stderr } = await made.project.run(['upgrade', '--verbose'])
  expect(stderr).toContain(`drop index concurrently ${name}`)
  expect(await made.database.sql(INVALID)).toEqual([
    { name: name.replaceAll('"', ''), valid: true },
  ])
})

test('an index to which the script gives no name is left to a person', async () => {
  const { state, made } = await failedOnce(raw('create unique index concurrently on a (n)'))
  expect(state).toEqual([
    NOTHING_ELSE,
    'The index a_n_idx that failed stands, invalid, and keeps its name taken: before you run again, drop index concurrently a_n_idx',
  ])
  await made.database.sql('delete from a; drop index a_n_idx')
  await made.project.ok('upgrade')
})

test('an index of the name that is sound is not touched', async () => {
  const up = raw('create unique index concurrently same_n on a (n)')
  const { made } = await failedOnce(up)
  await made.database.sql('delete from a; drop index same_n; create index same_n on a (n)')
  const error = errorOf(await made.project.run(['upgrade', '--json']))
  expect(error.message).toContain('same_n')
  expect(await made.database.sql(INVALID)).toEqual([{ name: 'same_n', valid: true }])
})
