/** Statements for somebody else to run: they end where the run itself ends. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Script } from '../support/revision-line.js'
import { add, applied, current, line, projectWith, tables } from '../support/revision-line.js'
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
