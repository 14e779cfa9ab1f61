/** What is counted before a step runs, under the names that the rows have by then. */
import { expect, test } from 'vitest'
import type { TestProject } from '../../support/project.js'
import { makeProject, sqliteProject } from '../../support/project.js'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'
import { add } from '../../support/revision-line.js'

/** A table with two rows. */
function addRevisions(project: TestProject): void {
  add(project, {
    id: 'aaa',
    parents: [],
    up: `await knex.schema.createTable('users', (table) => {
    table.increments()
    table.string('name', 80)
    table.string('note', 80)
  })
  await knex('users').insert([{ name: 'a' }, { name: 'b', note: 'x' }])`,
  })
}

/** Renames, and what loses data under the new names. */
function addRenames(project: TestProject): void {
  add(project, {
    id: 'bbb',
    parents: ['aaa'],
    up: `await knex.schema.renameTable('users', 'people')
  await knex.schema.alterTable('people', (table) => { table.renameColumn('name', 'full_name') })`,
  })
  add(project, {
    id: 'ccc',
    parents: ['bbb'],
    up: `await knex.schema.alterTable('people', (table) => { table.dropColumn('full_name') })
  await knex.schema.alterTable('people', (table) => { table.dropColumn('note') })`,
  })
}

async function expectCounted(project: TestProject): Promise<void> {
  await project.ok('upgrade')
  addRenames(project)
  const refused = await project.run(['upgrade'])
  expect(refused.code).toBe(3)
  expect(refused.stderr).toContain('people.full_name loses its values (2 rows)')
  expect(refused.stderr).toContain('people.note loses its values (1 row)')
  await project.ok('upgrade', '--allow-destructive')
}

test('on SQLite the rows of what earlier steps rename are counted', async () => {
  const project = makeProject(sqliteProject(''))
  addRevisions(project)
  await expectCounted(project)
})

test.each(ONE_OF_EACH)(
  'on $name the rows of what earlier steps rename are counted',
  async (engine) => {
    const { project } = await makeServerProject(engine)
    addRevisions(project)
    await expectCounted(project)
  },
)
