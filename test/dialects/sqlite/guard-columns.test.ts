/** The guard of columns that come and go: what else changes in their table beside them is missed. */
import { describe, expect, test } from 'vitest'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import { PLAIN_COLUMN } from '../../support/schema-arbitraries.js'
import { columnIn, DRIVERS, open, run } from '../../support/sqlite.js'
import type { Driver } from '../../support/sqlite.js'
import { migrateErrorOf } from '../../support/thrown.js'

const BASE = [
  'create table t (id integer primary key, a text not null on conflict abort default 5, b int, check (a <> 7))',
  'create index by_a on t (a)',
  'create trigger tr after insert on t begin delete from t where id < 0; end',
]

const rebuilt = (text: string): readonly string[] => [
  `create table fresh ${text}`,
  'drop table t',
  'alter table fresh rename to t',
  'create index by_a on t (a)',
  'create trigger tr after insert on t begin delete from t where id < 0; end',
]

const ADD: Operation = { kind: 'addColumn', table: 't', column: { ...PLAIN_COLUMN, name: 'c' } }

/** Runs statements as one revision that names only these operations. */
async function guarded(
  driver: Driver,
  named: readonly ('add' | 'drop')[],
  statements: readonly string[],
): Promise<void> {
  const connection = await open(':memory:', {}, driver)
  await run(connection, BASE)
  await sqlite.frame.enter(connection)
  await sqlite.frame.begin(connection, 100)
  const guard = await sqlite.frame.guard(connection)
  for (const name of named) {
    const column = await columnIn(connection, 't', 'b')
    guard.named([name === 'add' ? ADD : { kind: 'dropColumn', table: 't', column }])
  }
  await run(connection, statements)
  await guard.verify()
}

const ALL = 'a text not null on conflict abort default 5'

describe.each(DRIVERS)('%s', (driver) => {
  test.each<readonly [string, readonly ('add' | 'drop')[], readonly string[]]>([
    ['added', ['add'], ['alter table t add column c integer']],
    ['dropped', ['drop'], ['alter table t drop column b']],
    ['both', ['add', 'drop'], ['alter table t add c integer', 'alter table t drop b']],
    [
      'in another layout',
      ['add'],
      rebuilt(`(id integer primary key,\n ${ALL} ,\n b int, c integer, check (a <> 7))`),
    ],
  ])('no alarm for a column %s', (_name, named, statements) => guarded(driver, named, statements))

  test.each<readonly [string, readonly ('add' | 'drop')[], readonly string[], string]>([
    ['another type', ['add'], ['alter table t add column c text'], 'column c of t was changed'],
    [
      'an index',
      ['add'],
      ['alter table t add column c integer', 'drop index by_a'],
      'index by_a of t is gone',
    ],
    [
      'another index',
      ['drop'],
      ['alter table t drop column b', 'drop index by_a', 'create unique index by_a on t (a)'],
      'by_a of t is gone',
    ],
    [
      'a trigger',
      ['drop'],
      ['alter table t drop column b', 'drop trigger tr'],
      'trigger tr on t is gone',
    ],
    ['a check', ['drop'], rebuilt(`(id integer primary key, ${ALL})`), 'check t_a_check of t'],
    [
      'a default',
      ['drop'],
      rebuilt('(id integer primary key, a text not null on conflict abort, check (a <> 7))'),
      'column a of t was changed',
    ],
    [
      'a conflict clause',
      ['drop'],
      rebuilt('(id integer primary key, a text not null default 5, check (a <> 7))'),
      'on conflict abort at column a of t is gone',
    ],
    [
      'another column',
      ['drop'],
      rebuilt('(id integer primary key, a int, check (a <> 7))'),
      'column a of t was changed',
    ],
  ])('%s beside it is missed', async (_name, named, statements, what) => {
    const error = await migrateErrorOf(() => guarded(driver, named, statements))
    expect(error.code).toBe('GUARD_LOST')
    expect(error.why).toContain(what)
  })
})
