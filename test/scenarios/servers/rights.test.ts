/** A user that lacks rights: every refusal says in what state the database is. */
import { expect, test } from 'vitest'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const ENGINES = ONE_OF_EACH.filter(({ client }) => client === 'pg')

test.each(ENGINES)('$name: who may not create or read says so with the state', async (engine) => {
  const made = await makeServerProject(engine, {
    models: `exports.A = class A extends Model {
  static tableName = 'a'
  static defineTable(table) { table.increments() }
}`,
  })
  const { project, database } = made
  await project.ok('migrate', '-m', 'a')
  await database.sql(`do $$ begin
    if not exists (select from pg_roles where rolname = 'weak_user') then create role weak_user login; end if;
  end $$`)
  const weak = new URL(database.url)
  weak.username = 'weak_user'
  const knexfile = project.read('knexfile.js')
  const asWeak = knexfile.replace(JSON.stringify(database.url), JSON.stringify(weak.href))

  project.write('knexfile.js', asWeak)
  expect(await project.json('upgrade')).toMatchObject({
    error: { code: 'NOT_ALLOWED', state: 'Nothing ran: the database is as it was.' },
  })
  expect(await project.json('stamp')).toMatchObject({
    error: { code: 'NOT_ALLOWED', state: 'Nothing was changed: the history is as it was.' },
  })
  project.write('knexfile.js', knexfile)
  await project.ok('upgrade')
  project.write('knexfile.js', asWeak)
  expect(await project.json('current')).toMatchObject({
    error: { code: 'NOT_ALLOWED', state: 'Nothing was changed.' },
  })
  // Right on the tables, and only to read the history.
  await database.sql(`grant select on all tables in schema public to weak_user;
    grant update on migrate_tui_revisions to weak_user; alter table a owner to weak_user;
    grant create on schema public to weak_user`)
  expect(await project.json('downgrade', '--allow-destructive')).toMatchObject({
    error: {
      code: 'NOT_ALLOWED',
      state: 'What ran was rolled back; no revision of this run is committed.',
    },
  })
  await database.sql(`drop owned by weak_user`)
})
