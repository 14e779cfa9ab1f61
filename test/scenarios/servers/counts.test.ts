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

test.each(ONE_OF_EACH.filter(({ client }) => client === 'pg'))(
  'on $name rows that a policy hides are not counted as none',
  async (engine) => {
    const { project, database } = await makeServerProject(engine, {
      models: `exports.A = class A extends Model {
  static tableName = 'a'
  static defineTable(table) { table.increments(); table.integer('amount') }
}`,
    })
    await database.sql(`create table a (id serial primary key, amount numeric(8, 2), note text);
      insert into a (amount, note) values (1.5, 'x'), (2.5, 'y');
      alter table a enable row level security, force row level security;
      create policy none on a using (false);
      do $$ begin
        if not exists (select from pg_roles where rolname = 'filtered_user') then create role filtered_user login; end if;
      end $$;
      alter table a owner to filtered_user; grant create on schema public to filtered_user`)
    const url = new URL(database.url)
    url.username = 'filtered_user'
    const knexfile = project.read('knexfile.js')
    project.write('knexfile.js', knexfile.replace(database.url, url.href))
    const { changes } = (await project.json('check')) as {
      readonly changes: readonly { readonly name: string; readonly hazards: readonly object[] }[]
    }
    const hazards = Object.fromEntries(changes.map(({ name, hazards: all }) => [name, all]))
    expect(hazards).toMatchObject({ note: [{ rows: null }], amount: [{ rows: null }] })
    await project.ok('migrate', '-m', 'b')
    const refused = await project.run(['upgrade'])
    expect(refused.code).toBe(3)
    expect(refused.stderr).not.toContain('0 rows')
    await project.ok('upgrade', '--allow-destructive')
    await database.sql('drop owned by filtered_user')
  },
)
