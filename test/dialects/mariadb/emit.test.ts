import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import type { Table } from '../../../src/schema/table.js'
import {
  carryOut,
  type MariadbDatabase,
  makeMariadbDatabase,
  tableIn,
} from '../../support/mariadb.js'
import { EMPTY_TABLE } from '../../support/schema-arbitraries.js'
import { column, id, index, key, table } from '../../support/schema-builders.js'
import { migrateErrorOf } from '../../support/thrown.js'

let database: MariadbDatabase
let connection: Connection

beforeEach(async () => {
  database = await makeMariadbDatabase()
  connection = await database.connect()
})

afterEach(() => database.drop())

const users = table('users', [id, column('age')], { primaryKey: { name: null, columns: ['id'] } })
const byAge = index('i', ['age'])

test('what one schema call asks of a table is one statement', async () => {
  await carryOut(connection, [{ kind: 'createTable', table: users }])
  const statements = await mariadb.emit(connection, [
    {
      kind: 'addColumn',
      table: 'users',
      column: column('name', { type: { kind: 'string', length: 20 } }),
    },
    {
      kind: 'alterColumn',
      table: 'users',
      from: column('age'),
      to: column('age', { nullable: false }),
    },
    { kind: 'addIndex', table: 'users', index: byAge },
    { kind: 'addCheck', table: 'users', check: { name: 'c', sql: '"age" > 0' } },
    { kind: 'alterComment', table: 'users', from: null, to: 'all' },
  ])
  expect(statements).toEqual([
    {
      sql: "alter table `users` add column `name` varchar(20) null, modify column `age` int not null, add key `i` (`age`), add constraint `c` check (`age` > 0), comment = 'all'",
    },
  ])
})

test('a change that the database has already is no statement', async () => {
  await carryOut(connection, [{ kind: 'createTable', table: users }])
  const time = column('at', { type: { kind: 'datetime', tz: true, precision: null } })
  await carryOut(connection, [{ kind: 'addColumn', table: 'users', column: time }])
  const to = { ...time, type: { kind: 'datetime', tz: false, precision: 0 } as const }
  expect(
    await mariadb.emit(connection, [{ kind: 'alterColumn', table: 'users', from: time, to }]),
  ).toEqual([])
})

test('a column that is dropped and made again loses its values', async () => {
  await carryOut(connection, [{ kind: 'createTable', table: users }])
  await database.exec('insert into users (age) values (7)')
  await carryOut(connection, [
    { kind: 'dropColumn', table: 'users', column: column('age') },
    { kind: 'addColumn', table: 'users', column: column('age') },
  ])
  expect(await connection.query('select id, age from users')).toEqual([{ id: 1, age: null }])
})

test('a column that is stated anew keeps what the neutral form does not know of it', async () => {
  await database.exec(
    'create table users (id int unsigned auto_increment primary key, age int invisible check (age > 0))',
  )
  const before = await tableIn(connection, 'users')
  const from = before.columns[1] ?? column('age')
  await carryOut(connection, [
    { kind: 'alterColumn', table: 'users', from, to: { ...from, comment: 'x' } },
  ])
  const [row] = await connection.query('show create table users')
  expect(row?.['Create Table']).toContain(
    "`age` int(11) INVISIBLE DEFAULT NULL COMMENT 'x' CHECK (`age` > 0)",
  )
})

test('a foreign key of whole numbers takes the type of what it points at, and gives it back', async () => {
  const pets: Table = {
    ...EMPTY_TABLE,
    name: 'pets',
    columns: [column('owner', { type: { kind: 'smallint', unsigned: false } })],
  }
  const operations: readonly Operation[] = [
    { kind: 'createTable', table: users },
    { kind: 'createTable', table: pets },
    { kind: 'addForeignKey', table: 'pets', foreignKey: key('k', 'owner', 'users') },
  ]
  for (const operation of operations) await carryOut(connection, [operation])
  const types =
    "select column_type as t from information_schema.columns where table_schema = database() and table_name = 'pets'"
  expect(await connection.query(types)).toEqual([{ t: 'int(10) unsigned' }])
  const held = await tableIn(connection, 'pets')
  expect(held.columns[0]?.type).toEqual({ kind: 'smallint', unsigned: false })
  expect(held.indexes).toEqual([])
  await carryOut(connection, [
    { kind: 'dropForeignKey', table: 'pets', foreignKey: key('k', 'owner', 'users') },
  ])
  expect(await connection.query(types)).toEqual([{ t: 'smallint(6)' }])
  expect(await tableIn(connection, 'pets')).toEqual(pets)
})

test('the index of a foreign key may be dropped by scripts that know of it', async () => {
  await database.exec(
    `create table users (id int unsigned auto_increment primary key);
     create table pets (owner int unsigned, constraint pets_owner_foreign foreign key (owner) references users (id))`,
  )
  const drop: Operation = {
    kind: 'dropIndex',
    table: 'pets',
    index: index('pets_owner_foreign', ['age']),
  }
  const dropKey: Operation = {
    kind: 'dropForeignKey',
    table: 'pets',
    foreignKey: key('pets_owner_foreign', 'owner', 'users'),
  }
  expect(await mariadb.emit(connection, [drop])).toEqual([])
  expect(await mariadb.emit(connection, [dropKey, drop])).toHaveLength(1)
  await carryOut(connection, [dropKey])
  expect(await mariadb.emit(connection, [drop])).toEqual([])
})

describe('what MariaDB cannot do is refused with the reason', () => {
  const refusals: Readonly<Record<string, Operation>> = {
    'a unique index over some rows': {
      kind: 'addIndex',
      table: 'users',
      index: { ...byAge, unique: true, where: 'age > 0' },
    },
    'an index over an expression': {
      kind: 'addIndex',
      table: 'users',
      index: {
        ...byAge,
        parts: byAge.parts.map((part) => ({ ...part, on: { sql: 'lower(age)' } })),
      },
    },
    'a geography': {
      kind: 'addColumn',
      table: 'users',
      column: column('g', { type: { kind: 'geography' } }),
    },
    'a default set by a foreign key': {
      kind: 'addForeignKey',
      table: 'users',
      foreignKey: key('k', 'age', 'users', { onDelete: 'set default' }),
    },
    'an enum type': { kind: 'alterEnum', name: 'mood', from: ['a'], to: ['a', 'b'], renamed: {} },
    'an option of more than a word': {
      kind: 'alterOptions',
      table: 'users',
      from: {},
      to: { engine: 'InnoDB, drop column age' },
    },
  }
  test.each(Object.entries(refusals))('%s', async (_what, operation) => {
    await carryOut(connection, [{ kind: 'createTable', table: users }])
    const error = await migrateErrorOf(() => mariadb.emit(connection, [operation]))
    expect(error.code).toBe('MARIADB_REFUSED')
    expect(error.why).not.toBeNull()
  })

  test('what is not there', async () => {
    await carryOut(connection, [{ kind: 'createTable', table: users }])
    const missing: readonly Operation[] = [
      { kind: 'dropColumn', table: 'users', column: column('nothing') },
      { kind: 'dropIndex', table: 'users', index: index('nothing', ['age']) },
      { kind: 'dropCheck', table: 'users', check: { name: 'nothing', sql: '' } },
      { kind: 'dropForeignKey', table: 'users', foreignKey: key('nothing', 'age', 'users') },
      { kind: 'dropColumn', table: 'nothing', column: column('age') },
      { kind: 'renameColumn', table: 'users', from: 'nothing', to: 'something' },
    ]
    for (const operation of missing) {
      await expect(mariadb.emit(connection, [operation])).rejects.toMatchObject({
        code: 'OBJECT_MISSING',
      })
    }
  })
})
