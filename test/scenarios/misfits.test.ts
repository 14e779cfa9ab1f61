/** Scripts that do not fit the tables as they stand: said before anything runs. */
import { expect, test } from 'vitest'
import { applied, errorOf, projectWith } from '../support/revision-line.js'

const MADE = `await knex.schema.createTable('t', (t) => { t.increments(); t.integer('a') })`

const altering = (words: string): string =>
  `await knex.schema.createTable('before', (t) => { t.increments() })
  await knex.schema.alterTable('t', (t) => { ${words} })`

test.each([
  ["t.dropColumn('zz')", 'COLUMN_MISSING', 'names column zz of t, which is not there'],
  ["t.renameColumn('zz', 'b')", 'COLUMN_MISSING', 'names column zz of t, which is not there'],
  ["t.string('zz').alter()", 'COLUMN_MISSING', 'names column zz of t, which is not there'],
  ["t.integer('a')", 'COLUMN_EXISTS', 'adds column a of t, which is there already'],
  ["t.dropIndex(['a'])", 'OBJECT_MISSING', 'names index t_a_index of t, which is not there'],
  ["t.dropForeign('a')", 'OBJECT_MISSING', 'names foreign key t_a_foreign of t'],
])('%s is refused where the table does not have it so', async (words, code, message) => {
  const project = projectWith([
    { id: 'aaa', parents: [], up: MADE },
    { id: 'bbb', parents: ['aaa'], up: altering(words) },
  ])
  await project.ok('upgrade', 'aaa')
  const result = await project.run(['upgrade', '--json'])
  const error = errorOf(result)
  expect([result.code, error.code]).toEqual([1, code])
  expect(error).toMatchObject({
    message: expect.stringContaining(
      `Revision bbb (migrations/bbb.js) cannot run up: The script ${message}`,
    ) as string,
    state: 'Nothing ran: the database is as it was.',
    hint: expect.stringMatching(/migrate-tui check.*migrate-tui stamp bbb`\.$/) as string,
  })
  expect(applied(project)).toEqual(['aaa'])
})

test('a table that is in the way or missing is said with the state of the database', async () => {
  const made = { id: 'bbb', parents: ['aaa'], up: MADE }
  const project = projectWith([{ id: 'aaa', parents: [], up: MADE }, made])
  await project.ok('upgrade', 'aaa')
  const taken = await project.run(['upgrade', '--json'])
  expect(errorOf(taken)).toMatchObject({
    code: 'TABLE_EXISTS',
    hint: expect.stringContaining('`migrate-tui stamp bbb`') as string,
    state: 'Nothing ran: the database is as it was.',
  })
  project.write(
    'migrations/bbb.js',
    project.read('migrations/bbb.js').replace(MADE, "await knex.schema.dropTable('u')"),
  )
  const missing = await project.run(['upgrade', '--json'])
  expect(errorOf(missing)).toMatchObject({
    code: 'TABLE_MISSING',
    message:
      'Revision bbb (migrations/bbb.js) cannot run up: The script drops u, which is not there.',
    state: 'Nothing ran: the database is as it was.',
  })
})

test('a table that a call of Knex itself has made is altered and dropped', async () => {
  const project = projectWith([
    {
      id: 'aaa',
      parents: [],
      up: `await knex.schema.createTable('t', (t) => { t.increments() })
  await knex.schema.createTableLike('tl', 't')
  await knex.schema.alterTable('tl', (t) => { t.string('more') })`,
    },
    { id: 'bbb', parents: ['aaa'], up: `await knex.schema.dropTable('tl')` },
  ])
  await project.ok('upgrade', '--dry-run')
  await project.ok('upgrade', '--allow-destructive')
  expect(applied(project)).toEqual(['aaa', 'bbb'])
})
