/** Statements for somebody else to run: they end where the run itself ends. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Script } from '../support/revision-line.js'
import {
  add,
  applied,
  current,
  errorOf,
  line,
  projectWith,
  tables,
} from '../support/revision-line.js'
import { makeProject, sqliteProject } from '../support/project.js'
import { schemaText } from '../support/sqlite-schema.js'

describe('offline SQL', () => {
  const SCRIPTS: readonly Script[] = [
    ...line('aaa', 'bbb'),
    {
      id: 'ccc',
      parents: ['bbb'],
      up: `await knex.schema.alterTable('aaa', (table) => { table.string('note').notNullable().defaultTo("it's") })
  await knex('aaa').insert({ note: 'one; two -- three' })
  await knex.schema.alterTable('aaa', (table) => { table.string('note', 40).notNullable().alter() })`,
    },
    { id: 'ddd', parents: ['ccc'] },
  ]

  test('of upgrade, whole or in ranges, ends where upgrade ends', async () => {
    const online = projectWith(SCRIPTS)
    await online.ok('upgrade')
    const offline = projectWith(SCRIPTS)
    const whole = await offline.ok('upgrade', '--sql')
    expect(offline.list('.')).not.toContain('dev.sqlite3')
    const ranges = [
      await offline.ok('upgrade', '--sql', 'base:bbb'),
      await offline.ok('upgrade', '--sql', 'bbb:head'),
    ]
    for (const texts of [[whole], ranges]) {
      const project = projectWith(SCRIPTS)
      for (const text of texts) project.exec(text)
      expect(schemaText(project)).toEqual(schemaText(online))
      expect(applied(project)).toEqual(applied(online))
      expect(project.rows('select note from aaa')).toEqual([{ note: 'one; two -- three' }])
      expect(await project.json('current')).toMatchObject({ current: ['ddd'], pending: 0 })
      expect(await project.json('verify')).toMatchObject({ ok: true })
      // What was written offline is gone on from as if it had been run.
      add(project, { id: 'eee', parents: ['ddd'] })
      await project.ok('upgrade')
      expect(applied(project).at(-1)).toBe('eee')
    }
  })

  test('asks nothing of SQLite that only its newest version does', async () => {
    const scripts: readonly Script[] = [
      {
        id: 'aaa',
        parents: [],
        up: `await knex.schema.createTable('t', (table) => { table.string('a'); table.check('a <> 1', [], 'c') })`,
      },
      {
        id: 'bbb',
        parents: ['aaa'],
        up: `await knex.schema.alterTable('t', (table) => { table.dropNullable('a') })
  await knex.schema.alterTable('t', (table) => { table.dropChecks('c') })`,
      },
    ]
    const offline = projectWith(scripts)
    const text = await offline.ok('upgrade', '--sql')
    expect(text).not.toMatch(/alter column|drop constraint/i)
    const online = projectWith(scripts)
    await online.ok('upgrade')
    offline.exec(text)
    expect(schemaText(offline)).toEqual(schemaText(online))
  })

  test.each([
    ['a column', 'alter table aaa add column "by hand" text', 'by hand'],
    ['an index', 'create index by_hand on aaa (note)', 'by_hand'],
    ['a trigger', 'create trigger by_hand after insert on aaa begin select 1; end', 'by_hand'],
  ])('stops before a rebuild that would lose %s made by hand', async (_what, made, name) => {
    const project = projectWith(SCRIPTS)
    await project.ok('upgrade', 'bbb')
    project.exec(
      `alter table aaa add column note varchar(255); insert into aaa (note) values ('kept'); ${made}`,
    )
    const before = project.rows('select * from aaa')
    const scripts: readonly Script[] = [
      ...line('aaa', 'bbb'),
      {
        id: 'ccc',
        parents: ['bbb'],
        up: "await knex.schema.alterTable('aaa', (table) => { table.string('note') })",
      },
      {
        id: 'ddd',
        parents: ['ccc'],
        up: "await knex.schema.alterTable('aaa', (table) => { table.text('note').notNullable().alter() })",
      },
    ]
    const text = await projectWith(scripts).ok('upgrade', '--sql', 'ccc:ddd')
    expect(() => {
      project.exec(text)
    }).toThrow('would lose it')
    expect(project.rows('select * from aaa')).toEqual(before)
    expect(JSON.stringify(project.rows('select sql from sqlite_master'))).toContain(name)
  })

  test('of downgrade takes it back', async () => {
    const project = projectWith(line('aaa', 'bbb', 'ccc'))
    await project.ok('upgrade')
    const unclear = await project.run(['downgrade', '--sql', 'base'])
    expect(unclear.code).toBe(2)
    project.exec(await project.ok('downgrade', '--sql', 'head:bbb'))
    expect([tables(project), applied(project)]).toEqual([
      ['aaa', 'bbb'],
      ['aaa', 'bbb'],
    ])
    project.exec(await project.ok('downgrade', '--sql', 'bbb:base'))
    expect([tables(project), applied(project)]).toEqual([[], []])
  })

  test('of stamp, on a database that has no history yet', async () => {
    const project = projectWith(line('aaa', 'bbb'))
    project.exec(await project.ok('stamp', '--sql', 'aaa'))
    expect(await current(project)).toEqual(['aaa'])
    project.exec(await project.ok('stamp', '--sql', 'bbb'))
    expect(await current(project)).toEqual(['bbb'])
  })

  test('--dry-run changes nothing', async () => {
    const project = projectWith(line('aaa', 'bbb'))
    const shown = await project.ok('upgrade', '--dry-run')
    expect(shown).toMatch(/create table .bbb./i)
    expect(existsSync(path.join(project.folder, 'dev.sqlite3'))).toBe(false)
    await project.ok('upgrade', 'aaa')
    const before = project.read('dev.sqlite3')
    await project.ok('upgrade', '--dry-run')
    await project.ok('downgrade', '--dry-run')
    expect(project.read('dev.sqlite3')).toBe(before)
    expect(project.list('.').filter((name) => name.startsWith('dev.'))).toEqual(['dev.sqlite3'])
  })
})

describe('a revision that needs rows, or throws', () => {
  const CREATE: Script = {
    id: 'aaa',
    parents: [],
    up: `await knex.schema.createTable('users', (table) => { table.increments(); table.string('name') })`,
  }
  const SPLIT: Script = {
    id: 'bbb',
    parents: ['aaa'],
    up: `await knex.schema.alterTable('users', (table) => { table.string('first') })
  for (const row of await knex('users').select()) {
    await knex('users').where({ id: row.id }).update({ first: row.name.split(' ')[0] })
  }
  await knex.schema.alterTable('users', (table) => { table.dropColumn('name') })`,
  }

  test('has no offline SQL where it reads rows to decide what to do', async () => {
    const project = projectWith([CREATE, SPLIT])
    const refused = await project.run(['upgrade', '--sql', '--json'])
    expect(refused.code).toBe(3)
    expect(errorOf(refused)).toMatchObject({ code: 'OFFLINE_READ' })
    expect(errorOf(refused).message).toContain('Revision bbb reads rows')
    await project.ok('upgrade', '--sql', 'aaa')
  })

  test('reads of the structure are answered by a copy', async () => {
    const up = `if (await knex.schema.hasColumn('users', 'name')) await knex.schema.dropTable('users')`
    const project = projectWith([CREATE, { id: 'bbb', parents: ['aaa'], up }])
    expect(await project.ok('upgrade', '--sql')).toMatch(/drop table/i)
  })

  test('is shown with what is known of it', async () => {
    const project = projectWith([CREATE, SPLIT])
    const shown = await project.ok('show', 'bbb')
    expect(shown).toMatch(/add column/i)
    expect(shown).toContain('Other statements not known: it reads rows to decide what to do')
    expect(await project.json('show', 'bbb')).toMatchObject({
      unforeseen: { up: 'it reads rows to decide what to do', down: null },
    })
  })

  test.each([
    [`const row = await knex('users').first(); await knex('users').update({ name: row.name })`, 3],
    [`await knex('nope').insert({ a: 1 })`, 1],
    [`await knex.schema.alterTable('users', (table) => { table.nope() })`, 1],
  ])('%s', async (up, code) => {
    const project = projectWith([CREATE, { id: 'bbb', parents: ['aaa'], up }])
    add(project, { id: 'ccc', parents: ['bbb'] })
    const shown = await project.ok('show', 'bbb')
    expect(shown).toContain('migrations/bbb.js')
    expect(shown).toContain('Statements not known: Revision bbb')
    expect(await project.ok('show', 'ccc')).toContain('Statements not known: Revision bbb')
    for (const range of ['bbb', 'bbb:ccc']) {
      const refused = await project.run(['upgrade', '--sql', range, '--json'])
      expect([refused.code, errorOf(refused).message]).toEqual([
        code,
        expect.stringContaining('Revision bbb'),
      ])
    }
  })

  test('one that cannot be taken back is shown, and has no SQL that takes it back', async () => {
    const project = projectWith([CREATE])
    const file = 'migrations/aaa.js'
    const text = project.read(file)
    project.write(
      file,
      text.slice(0, text.indexOf('exports.down =')) +
        "exports.down = async () => { throw new Error('irreversible') }\n",
    )
    const shown = await project.ok('show', 'aaa')
    expect(shown).toMatch(/create table/i)
    expect(shown).toContain(
      'Statements not known: Revision aaa (migrations/aaa.js) cannot run down: irreversible',
    )
    const refused = await project.run(['downgrade', '--sql', 'head:base', '--json'])
    expect(refused.code).toBe(1)
    expect(errorOf(refused).code).toBe('SCRIPT_FAILED')
  })

  test('one that is not filled in is shown', async () => {
    const model = (more: string): string => `exports.User = class User extends Model {
  static tableName = 'users'
  static defineTable(table) { table.increments(); ${more} }
}`
    const project = makeProject(sqliteProject(model('')))
    await project.ok('migrate', '-m', 'one')
    await project.ok('upgrade')
    project.exec('insert into users default values')
    project.write(
      'models/index.js',
      `const { Model } = require('objection')\n${model("table.integer('level').notNullable()")}`,
    )
    await project.ok('migrate', '-m', 'two', '--rev-id', 'b2000000')
    const shown = await project.ok('show', 'b2000000')
    expect(shown).toContain(
      'Statements not known: Revision b2000000 has a place that is not filled in.',
    )
  })
})
