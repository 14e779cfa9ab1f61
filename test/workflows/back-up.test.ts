import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { backUp } from '../../src/workflows/running/back-up.js'
import type { Io } from '../../src/workflows/io.js'
import { newFile, open, run } from '../support/sqlite.js'

test('copies made in one second stand beside each other', async () => {
  const file = newFile()
  const connection = await open(file)
  await run(connection, ['create table t (id integer)'])
  const settings = { keep: 10, folder: null, maxBytes: 1 << 20 }
  const request = { dialect: sqlite, connection, file, settings, revision: 'abc' }
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
