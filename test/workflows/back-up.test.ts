import { readdirSync } from 'node:fs'
import path, { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { backUp } from '../../src/workflows/running/back-up.js'
import type { Io } from '../../src/workflows/io.js'
import { line, projectWith } from '../support/revision-line.js'
import { newFile, open, run } from '../support/sqlite.js'

test('no copy is made for a run that does not get the lock', async () => {
  const project = projectWith([
    ...line('aaa'),
    { id: 'bbb', parents: ['aaa'], up: "await knex.schema.dropTable('aaa')" },
  ])
  await project.ok('upgrade', 'aaa')
  const held = new Database(path.join(project.folder, 'dev.sqlite3'))
  onTestFinished(() => void held.close())
  held.exec('begin immediate')
  const run = await project.run(['upgrade', '--allow-destructive', '--lock-timeout', '50ms'])
  expect([run.code, run.stderr]).toEqual([1, expect.stringContaining('no copy was made')])
  expect(project.list('.').filter((name) => name.includes('.before-'))).toEqual([])
  held.exec('commit')
  await project.ok('upgrade', '--allow-destructive', '--lock-timeout', '50ms')
  expect(project.list('.').filter((name) => name.includes('.before-'))).toHaveLength(1)
})

test('copies made in one second stand beside each other', async () => {
  const file = newFile()
  const connection = await open(file)
  await run(connection, ['create table t (id integer)'])
  const settings = { keep: 10, folder: null, maxBytes: 1 << 20 }
  const request = { dialect: sqlite, connection, file, settings, revision: 'abc', lockTimeout: 0 }
  const told: unknown[] = []
  const io: Io = {
    ask: null,
    event: (event) => told.push(event),
    warn: () => undefined,
    signal: new AbortController().signal,
  }
  const copies = []
  // Of five in a row at least two fall into one second.
  for (let n = 0; n < 5; n += 1) copies.push(await backUp(request, io))
  expect(new Set(copies).size).toBe(5)
  expect(readdirSync(dirname(file)).filter((name) => name.includes('.before-'))).toHaveLength(5)
  expect(told).toHaveLength(5)
})
