/** Tables without row ids: the columns of their key are never null, whether their text says so or not. */
import { expect, test } from 'vitest'
import { columnIn, databaseWith, DRIVERS, expectApplied } from '../../support/sqlite.js'

test.each(DRIVERS)(
  '%s: what leaves the key of a table without row ids stays not null',
  async (driver) => {
    const connection = await databaseWith(
      ['create table t (a integer, b text, c text, primary key (a, b)) without rowid'],
      driver,
    )
    await expectApplied(connection, [
      {
        kind: 'alterPrimaryKey',
        table: 't',
        from: { name: null, columns: ['a', 'b'] },
        to: { name: null, columns: ['a'] },
      },
    ])
    expect((await columnIn(connection, 't', 'b')).nullable).toBe(false)
  },
)

test.each(DRIVERS)(
  '%s: not null that is said of a column of such a key outlives it',
  async (driver) => {
    const text = 'create table t (a integer, b text, c text, primary key (a)) without rowid'
    const connection = await databaseWith([text], driver)
    const from = await columnIn(connection, 't', 'b')
    const key = (...columns: readonly string[]) => ({ name: null, columns })
    await expectApplied(connection, [
      { kind: 'alterPrimaryKey', table: 't', from: key('a'), to: key('a', 'b') },
      { kind: 'alterColumn', table: 't', from, to: { ...from, nullable: false } },
      { kind: 'alterPrimaryKey', table: 't', from: key('a', 'b'), to: key('a', 'c') },
      { kind: 'alterPrimaryKey', table: 't', from: key('a', 'c'), to: key('a') },
    ])
    expect((await columnIn(connection, 't', 'b')).nullable).toBe(false)
    expect((await columnIn(connection, 't', 'c')).nullable).toBe(true)
  },
)
