/** What somebody has to decide: exit 3 with what is at stake, and a copy before anything is lost. */
import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type {
  ComparisonDocument,
  RunDocument,
  WrittenDocument,
} from '../../src/workflows/documents.js'
import { makeProject, modelsFile, sqliteProject } from '../support/project.js'
import type { Script } from '../support/revision-line.js'
import { USERS, applied, line, projectWith } from '../support/revision-line.js'

describe('what needs a decision', () => {
  test('check exits 3 with its own document while migrate would write, or revisions wait', async () => {
    const project = makeProject(sqliteProject(USERS))
    const found = await project.run(['check', '--json'])
    expect(found.code).toBe(3)
    const document = JSON.parse(found.stdout) as ComparisonDocument
    expect(document).toMatchObject({ dialect: 'sqlite', upToDate: false, unmanaged: [] })
    expect(document.changes).toMatchObject([
      { kind: 'createTable', table: 'users', name: 'users', destructive: false, hazards: [] },
    ])
    expect(document.changes[0]?.up.join()).toMatch(/create table/i)
    expect(document.changes[0]?.down.join()).toMatch(/drop table/i)
    await project.ok('migrate', '-m', 'users')
    expect((await project.run(['check'])).code).toBe(3)
    await project.ok('upgrade')
    const clean = await project.run(['check', '--json'])
    expect([clean.code, JSON.parse(clean.stdout)]).toMatchObject([0, { upToDate: true }])
    project.write('models/index.js', 'throw new Error("not today")\n')
    const broken = await project.run(['check', '--json'])
    expect([broken.code, JSON.parse(broken.stdout)]).toMatchObject([3, { upToDate: false }])
    expect(broken.stdout).toContain('not today')
    expect((await project.run(['check'])).stdout).not.toContain('No difference:')
    expect((await project.run(['migrate'])).code).toBe(2)
  })

  test('a given fill is written whatever the rows here, and one that fits nothing is refused', async () => {
    const project = makeProject(sqliteProject(USERS))
    await project.ok('migrate', '-m', 'users')
    await project.ok('upgrade')
    const more = `table.integer('level').notNullable()
    table.integer('rank').notNullable()`
    project.write('models/index.js', modelsFile(USERS.replace("table.integer('level')", more)))
    const stray = await project.run(['migrate', '--fill', 'users.nope=1', '--json'])
    expect(stray.code).toBe(2)
    expect(stray.stdout).toMatch(
      /FILL_UNKNOWN.*users\.rank, users\.level|FILL_UNKNOWN.*users\.level, users\.rank/s,
    )
    const broken = await project.run(['migrate', '--fill', "users.level='low", '--json'])
    expect([broken.code, broken.stdout]).toEqual([2, expect.stringContaining('FILL_BROKEN')])
    const quoteless = await project.run([
      'migrate',
      '--plan',
      '--fill',
      "users.level='low",
      '--json',
    ])
    expect([quoteless.code, quoteless.stdout]).toEqual([2, expect.stringContaining('FILL_BROKEN')])
    expect(project.list('migrations')).toHaveLength(1)
    const fills = ['--fill', 'users.level=1', '--fill', 'users.rank=2']
    const sql = await project.ok('migrate', '--sql', ...fills)
    expect(sql).toMatch(/^update `users` set `rank` = 2;$/m)
    // Of a version that other clients may not have.
    expect(sql).not.toMatch(/alter column/)
    const written = (await project.json('migrate', ...fills)) as WrittenDocument
    expect(written.changes.map(({ up, down }) => up.length > 0 && down.length > 0)).toEqual(
      written.changes.map(() => true),
    )
    project.exec(`insert into users (name) values ('Ada')`)
    await project.ok('upgrade')
    expect(project.rows('select level, rank from users')).toEqual([{ level: 1, rank: 2 }])

    const last = modelsFile(
      USERS.replace(
        "table.integer('level')",
        `${more}.notNullable()
    table.integer('size').notNullable()`,
      ),
    )
    project.write('models/index.js', last)
    const open = await project.run(['migrate', '--sql'])
    expect([open.code, open.stdout]).toEqual([3, ''])
    expect(open.stderr).toContain('--fill users.size=')
    expect(await project.ok('migrate', '--plan')).toContain('every row needs a value')
    const answered = await project.ok('migrate', '--plan', '--fill', 'users.size=length(name)')
    expect(answered).not.toContain('every row needs a value')
    project.exec(await project.ok('migrate', '--sql', '--fill', 'users.size=length(name)'))
    expect(project.rows('select size from users')).toEqual([{ size: 3 }])
    expect((await project.json('check')) as ComparisonDocument).toMatchObject({ upToDate: true })
    expect(project.list('migrations')).toHaveLength(2)
  })

  test('an empty message is none', async () => {
    const project = makeProject(sqliteProject(USERS))
    const created = (await project.json('migrate', '-m', '')) as WrittenDocument
    expect(created.path).toMatch(/_create_table_users_with_3_columns\.js$/)
    await project.ok('upgrade')
    const empty = (await project.json('revision', '-m', ' ')) as WrittenDocument
    expect(await project.json('show', empty.revision ?? '')).toMatchObject({ message: 'revision' })
  })

  test('a model on a table that is nobody’s to make is said and left alone', async () => {
    const models = [
      ['Migration', 'knex_migrations'],
      ['Applied', 'migrate_tui_revisions'],
      ['Catalog', 'sqlite_schema'],
    ].map(([name, table]) => USERS.replaceAll('User', `${name}`).replace("'users'", `'${table}'`))
    const project = makeProject(sqliteProject([USERS, ...models].join('\n')))
    const { changes, notes } = (await project.json('check')) as ComparisonDocument
    expect(changes.map(({ table }) => table)).toEqual(['users'])
    expect(notes.map(({ code, where }) => [code, where])).toEqual([
      ['MODEL_ON_HISTORY', 'knex_migrations'],
      ['MODEL_ON_HISTORY', 'migrate_tui_revisions'],
      ['MODEL_ON_SYSTEM_TABLE', 'sqlite_schema'],
    ])
  })

  test('a loss is named and counted, refused without consent, and copied first with it', async () => {
    const project = makeProject(sqliteProject(USERS))
    await project.ok('migrate', '-m', 'users')
    await project.ok('upgrade')
    project.exec(`insert into users (name, level) values ('Ada', 1), ('Bob', 2), ('Cy', null)`)
    project.write('models/index.js', modelsFile(USERS.replace("table.integer('level')", '')))
    await project.ok('migrate', '-m', 'no levels')

    const refused = await project.run(['upgrade'])
    expect(refused.code).toBe(3)
    expect(refused.stderr).toContain('users.level')
    expect(refused.stderr).toMatch(/2 (rows|values)/)
    expect(refused.stderr).toContain('--allow-destructive')
    expect(project.rows('select level from users')).toHaveLength(3)

    const done = (await project.json('upgrade', '--allow-destructive')) as RunDocument
    const { backup } = done
    if (backup === null) throw new Error('no copy was made')
    expect(statSync(backup).mode & 0o777).toBe(0o600)
    const copy = new Database(backup, { readonly: true })
    expect(copy.prepare('select name, level from users order by id').all()).toEqual([
      { name: 'Ada', level: 1 },
      { name: 'Bob', level: 2 },
      { name: 'Cy', level: null },
    ])
    copy.close()
    expect(project.rows('select name from users')).toHaveLength(3)
    expect(project.rows(`select 1 from pragma_table_info('users') where name = 'level'`)).toEqual(
      [],
    )
  })

  test('a change that the database refuses as it is has no statements and a note that says why', async () => {
    const project = makeProject(sqliteProject(USERS))
    await project.ok('migrate', '-m', 'users')
    await project.ok('upgrade')
    project.exec('create view names as select name from users')
    const added = USERS.replace("table.integer('level')", '').replace("'name'", "'full_name'")
    project.write('models/index.js', modelsFile(added))
    const diff = await project.run(['diff'])
    expect([diff.code, diff.stderr]).toEqual([0, ''])
    expect(diff.stdout).toContain('users.name cannot be dropped: view names uses it.')
    for (const args of [['check'], ['migrate', '--plan'], ['diff']]) {
      const found = (await project.json(...args)) as ComparisonDocument
      const columns = found.changes.map(({ kind, name, up, down }) => [
        kind,
        name,
        up.length > 0 && down.length > 0,
      ])
      expect(columns).toEqual([
        ['addColumn', 'full_name', true],
        ['dropColumn', 'name', false],
        ['dropColumn', 'level', true],
      ])
      expect(found.notes).toMatchObject([{ code: 'SQLITE_COLUMN_IN_USE', where: 'users.name' }])
    }
  })

  test('a script that the database will refuse is said to be one when it is written', async () => {
    const project = makeProject(sqliteProject(USERS))
    await project.ok('migrate', '-m', 'users')
    await project.ok('upgrade')
    project.exec('create view levels as select level from users')
    project.write('models/index.js', modelsFile(USERS.replace("table.integer('level')", '')))
    const written = await project.run(['migrate', '-m', 'no levels'])
    expect(written.code).toBe(0)
    expect(written.stdout).toContain(
      '  users.level cannot be dropped: view levels uses it. Drop it',
    )
    expect(written.stderr).toContain('1 change of this script is refused by the database')
    project.exec('drop view levels')
    await project.ok('upgrade', '--allow-destructive')
    expect((await project.json('check')) as ComparisonDocument).toMatchObject({ upToDate: true })
  })

  test('nobody is asked about what the run itself made, until rows may have been moved there', async () => {
    const drop: Script = {
      id: 'ddd',
      parents: ['ccc'],
      up: `await knex.schema.alterTable('ccc', (table) => { table.dropColumn('id') })`,
    }
    const create = `await knex.schema.createTable('ccc', (table) => { table.integer('id'); table.text('note') })`
    const scripts: readonly Script[] = [
      ...line('aaa', 'bbb'),
      { id: 'ccc', parents: ['bbb'], up: create },
    ]
    const moves = `${create}\n  await knex('ccc').insert({ note: 'moved' })`

    const fresh = projectWith([
      ...line('aaa', 'bbb'),
      { id: 'ccc', parents: ['bbb'], up: moves },
      drop,
    ])
    await fresh.ok('upgrade')
    expect(fresh.rows('select * from ccc')).toEqual([{ note: 'moved' }])

    const grown = projectWith([...scripts, drop])
    await grown.ok('upgrade', 'bbb')
    await grown.ok('upgrade')
    expect(grown.rows('select * from ccc')).toEqual([])

    const moved = projectWith([
      ...line('aaa', 'bbb'),
      { id: 'ccc', parents: ['bbb'], up: moves },
      drop,
    ])
    await moved.ok('upgrade', 'bbb')
    expect((await moved.run(['upgrade'])).code).toBe(3)
    expect(applied(moved)).toEqual(['aaa', 'bbb'])
  })

  test('consent to one revision is none to another', async () => {
    const project = makeProject(sqliteProject(USERS))
    await project.ok('migrate', '-m', 'users', '--rev-id', 'users1')
    await project.ok('upgrade')
    project.exec(`insert into users (name, level) values ('Ada', 1)`)
    const model = USERS.replace("table.integer('level')", '')
    project.write('models/index.js', modelsFile(model))
    await project.ok('migrate', '-m', 'no levels', '--rev-id', 'levels1')
    const args = ['upgrade', '--no-backup', '--allow-destructive-rev']
    expect((await project.run([...args, 'users1'])).code).toBe(3)
    expect((await project.run([...args, 'levels'])).code).toBe(0)
  })
})
