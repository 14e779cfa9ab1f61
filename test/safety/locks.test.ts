/** What others wait for, on each engine: facts of the engine in words. */
import { describe, expect, test } from 'vitest'
import { mariadb } from '../../src/dialects/mariadb/index.js'
import { postgres } from '../../src/dialects/postgres/index.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import type { Operation } from '../../src/operations/operation.js'
import type { Column } from '../../src/schema/column.js'
import type { Table } from '../../src/schema/table.js'
import { lockSentences } from '../../src/safety/locks.js'

const LEVEL: Column = {
  name: 'level',
  type: { kind: 'integer', unsigned: false },
  nullable: true,
  default: null,
  generated: null,
  identity: null,
  collation: null,
  comment: null,
}
const WIDER: Column = { ...LEVEL, type: { kind: 'bigInteger', unsigned: false } }
const NEW: Table = {
  name: 'new',
  columns: [LEVEL],
  primaryKey: null,
  uniques: [],
  indexes: [],
  foreignKeys: [],
  checks: [],
  comment: null,
  options: {},
}
const KEY: Operation = {
  kind: 'addForeignKey',
  table: 'posts',
  foreignKey: {
    name: 'posts_user',
    columns: ['user_id'],
    refTable: 'users',
    refColumns: ['id'],
    onDelete: null,
    onUpdate: null,
    deferrable: null,
  },
}
const ALTER: Operation = { kind: 'alterColumn', table: 'users', from: LEVEL, to: WIDER }
const INSERT = { sql: 'insert into x values (1)', text: '', bindings: [], reads: false }

const step = (...operations: readonly Operation[]) => ({
  operations,
  raw: [],
  created: new Set<string>(),
})

describe('what others wait for', () => {
  test('PostgreSQL: the strongest lock of each table, and of the parents of keys', () => {
    expect(lockSentences(postgres, step(KEY))).toEqual([
      'posts: writes wait until the step is committed (SHARE ROW EXCLUSIVE).',
      'users: writes wait until the step is committed (SHARE ROW EXCLUSIVE).',
    ])
    expect(lockSentences(postgres, step(KEY, ALTER))[1]).toBe(
      'users: reads and writes wait until the step is committed (ACCESS EXCLUSIVE), and every row is written anew.',
    )
  })

  test('MariaDB: a copy keeps writers waiting for its statement alone', () => {
    expect(lockSentences(mariadb, step(ALTER))).toEqual([
      'users: writes wait while its statement runs (ALGORITHM=COPY), and every row is written anew.',
    ])
    const added: Operation = { kind: 'addColumn', table: 'users', column: LEVEL }
    expect(lockSentences(mariadb, step(added))).toEqual([])
  })

  test('SQLite: the whole database, once', () => {
    expect(lockSentences(sqlite, step(ALTER, KEY))).toEqual([
      'The whole database: other writers wait until the step is committed, while every row of users and posts is copied; readers go on until then.',
    ])
    expect(lockSentences(sqlite, step())).toEqual([])
  })

  test('a table that the plan makes itself keeps nobody waiting, and raw SQL is not guessed at', () => {
    const made: Operation = { kind: 'createTable', table: NEW }
    const indexed: Operation = { kind: 'addColumn', table: 'new', column: { ...LEVEL, name: 'b' } }
    expect(lockSentences(postgres, step(made, indexed))).toEqual([])
    expect(lockSentences(postgres, { ...step(), raw: [INSERT] })).toEqual([
      'What its raw SQL locks is not known before it runs.',
    ])
  })
})
