/** Scripts, history and database held against each other. */
import { expect, test } from 'vitest'
import type { VerifyDocument } from '../../src/workflows/documents.js'
import type { TestProject } from '../support/project.js'
import { makeProject, sqliteProject } from '../support/project.js'
import { add, line, projectWith, USERS } from '../support/revision-line.js'

async function verified(project: TestProject): Promise<VerifyDocument> {
  return (await project.json('verify')) as VerifyDocument
}

async function upgraded(): Promise<TestProject> {
  const project = makeProject(sqliteProject(USERS))
  await project.ok('migrate', '-m', 'users')
  await project.ok('upgrade')
  return project
}

test('a database that is what its revisions make is right, before there is one too', async () => {
  const project = makeProject(sqliteProject(USERS))
  expect(await verified(project)).toEqual({ ok: true, findings: [], notes: [] })
  await project.ok('migrate', '-m', 'users')
  await project.ok('upgrade')
  project.exec(`insert into users (name) values ('Ana')`)
  expect(await verified(project)).toEqual({ ok: true, findings: [], notes: [] })
  expect(await project.ok('verify')).toContain('Scripts, history and database agree.')
})

test('what was changed by hand is found, by table and by the revision that touched it last', async () => {
  const project = await upgraded()
  project.exec(`alter table users add column shoe_size integer`)
  const run = await project.run(['verify'])
  expect(run.code).toBe(3)
  expect(run.stdout).toContain('column shoe_size is there and no revision makes it (integer)')
  project.exec('alter table users drop column shoe_size; alter table users drop column level')
  const { findings } = await verified(project)
  expect(findings).toMatchObject([
    {
      code: 'DATABASE_DIFFERS',
      message: expect.stringMatching(/column level is missing/) as string,
    },
  ])
  const [applied] = project.rows('select revision from migrate_tui_revisions')
  expect(findings[0]?.revision).toBe(applied?.revision)
  project.exec('drop table users')
  expect(await verified(project)).toMatchObject({
    ok: false,
    findings: [
      { message: 'The table users is not what the applied revisions make: is not there.' },
    ],
  })
})

test('tables that no revision made are nobody’s business', async () => {
  const project = await upgraded()
  project.exec('create table of_another_tool (id integer primary key)')
  expect(await verified(project)).toMatchObject({ ok: true })
})

test('SQL of a script’s own is run on the empty copy, so that its tables are judged too', async () => {
  const project = projectWith(line('one'))
  const up = `await knex.raw('create table raw_made (id integer primary key, note text)')`
  add(project, { id: 'two', parents: ['one'], up })
  await project.ok('upgrade')
  expect(await verified(project)).toEqual({ ok: true, findings: [], notes: [] })
  project.exec('alter table raw_made drop column note')
  expect(await verified(project)).toMatchObject({
    findings: [{ code: 'DATABASE_DIFFERS', message: expect.stringContaining('note') as string }],
  })
})

test('a table that SQL of a script’s own made may be altered by calls', async () => {
  const project = projectWith(line('one'))
  const up = `await knex.schema.raw('create table raw_made (id integer primary key, note text)')`
  add(project, { id: 'two', parents: ['one'], up })
  const then = `await knex.schema.alterTable('raw_made', (table) => table.renameColumn('note', 'remark'))`
  add(project, { id: 'three', parents: ['two'], up: then })
  await project.ok('upgrade')
  expect(await verified(project)).toEqual({ ok: true, findings: [], notes: [] })
})

test('an applied script that was edited since is said, and what is edited before it runs is not', async () => {
  const project = projectWith(line('one', 'two', 'three'))
  await project.ok('upgrade', 'two')
  add(project, { id: 'three', parents: ['two'], up: `await knex.raw('select 1')` })
  expect((await project.run(['current'])).stderr).toBe('')
  add(project, { id: 'one', parents: [], up: `await knex.raw('select 1')` })
  const said =
    'note   migrations/one.js changed after it was applied, and the database has what ran: `migrate-tui verify`.\n'
  expect((await project.run(['current'])).stderr).toBe(said)
  expect((await project.run(['upgrade', '--dry-run'])).stderr).toContain(said)
  const where = { code: 'SCRIPT_EDITED', where: 'revisions' }
  const message = said.slice('note   '.length, -1)
  for (const args of [['current'], ['upgrade', '--dry-run'], ['upgrade']]) {
    expect(await project.json(...args)).toMatchObject({ notes: [{ ...where, message }] })
  }
  const quiet = await project.run(['current', '--quiet'])
  expect([quiet.code, quiet.stderr]).toEqual([0, ''])
})

test('revisions that need rows are said not to be followed', async () => {
  const project = projectWith(line('one'))
  project.exec('create table settings (name text); insert into settings values (1)')
  const up = `const [row] = await knex('settings').select('name')
  if (row === undefined) throw new Error('no settings here')`
  add(project, { id: 'two', parents: ['one'], up })
  await project.ok('upgrade')
  const { ok, notes } = await verified(project)
  expect(ok).toBe(true)
  expect(notes).toMatchObject([{ code: 'NOT_FOLLOWED', where: 'database' }])
  expect(await project.ok('verify')).not.toContain('and database agree')
})

test.each([
  [true, 'Revision two failed when it was last run. It was rolled back whole.'],
  [false, 'two failed half-way in the upgrade of '],
])('what stands of a failed revision is said: in a transaction %j', async (transaction, said) => {
  const project = projectWith(line('one'))
  add(project, {
    id: 'two',
    parents: ['one'],
    up: `await knex('one').insert({ id: 1 })
  await knex.raw('insert into nowhere values (1)')`,
    transaction,
  })
  expect((await project.run(['upgrade', '--allow-destructive'])).code).toBe(1)
  const { findings } = await verified(project)
  expect(findings).toMatchObject([
    { revision: 'two', message: expect.stringContaining(said) as unknown },
  ])
})

test('a revision that failed when it was last run is named until it is applied', async () => {
  const project = projectWith(line('one'))
  add(project, {
    id: 'two',
    parents: ['one'],
    up: `await knex.raw('insert into nowhere values (1)')`,
  })
  expect((await project.run(['upgrade', '--allow-destructive'])).code).toBe(1)
  expect(await verified(project)).toMatchObject({
    ok: false,
    findings: [{ code: 'LAST_RUN_FAILED', revision: 'two' }],
  })
  add(project, { id: 'two', parents: ['one'], up: `await knex.raw('select 1')` })
  await project.ok('upgrade')
  expect(await verified(project)).toMatchObject({ ok: true })
})
