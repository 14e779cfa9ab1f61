import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { type MariadbDatabase, makeMariadbDatabase } from '../../support/mariadb.js'
import { migrateErrorOf } from '../../support/thrown.js'

let database: MariadbDatabase
let connection: Connection

beforeEach(async () => {
  database = await makeMariadbDatabase()
  connection = await database.connect()
})

afterEach(() => database.drop())

test.each([
  ['duplicates', 'alter table users add unique key u (age)', 'ROWS_NOT_UNIQUE'],
  ['nulls', 'alter table users modify id2 int not null', 'VALUES_DO_NOT_CONVERT'],
  ['a broken check', 'alter table users add constraint c check (age > 9)', 'ROWS_BREAK_CHECK'],
  ['a number that is too large', 'alter table users modify age tinyint', 'VALUES_OUT_OF_RANGE'],
  [
    'an orphan',
    'alter table users add constraint f foreign key (age) references parents (id)',
    'ROWS_ORPHANED',
  ],
  [
    'a key that does not fit',
    'alter table users add constraint f foreign key (id2) references parents (name)',
    'FOREIGN_KEY_REFUSED',
  ],
  ['a parent', 'drop table parents', 'STILL_USED'],
  ['a syntax error', 'alter table users frobnicate', 'SQL_SYNTAX'],
  ['a table that is there', 'create table users (a int)', 'ALREADY_THERE'],
  ['a table that is not', 'alter table nothing add a int', 'TABLE_MISSING'],
])('what stands in the way is named: %s', async (_what, sql, code) => {
  await database.exec(
    `create table parents (id int primary key, name text);
       create table pets (p int, constraint pf foreign key (p) references parents (id));
       create table users (id int primary key, id2 int, age int);
       insert into users values (1, null, 300), (2, null, 300), (3, null, 1)`,
  )
  const error = await migrateErrorOf(() => connection.execute(sql))
  expect(error.code).toBe(code)
  expect(error.fix).not.toBe('')
  expect(error.message).not.toContain('300')
})
