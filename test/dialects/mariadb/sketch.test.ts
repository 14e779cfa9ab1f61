import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import {
  carryOut,
  type MariadbDatabase,
  makeMariadbDatabase,
  tableIn,
} from '../../support/mariadb.js'
import { column, id, key, table } from '../../support/schema-builders.js'

let database: MariadbDatabase
let connection: Connection

beforeEach(async () => {
  database = await makeMariadbDatabase()
  connection = await database.connect()
})

afterEach(() => database.drop())

const users = table('users', [id, column('age')], { primaryKey: { name: null, columns: ['id'] } })
const toUsers = key('k', 'age', 'users')

test('statements are worked out one after the other on a sketch', async () => {
  const shadow = await mariadb.shadow(null, null)
  const sketch = shadow.connection
  const run = (operation: Operation): Promise<readonly string[]> => carryOut(sketch, [operation])
  await mariadb.frame.enter(sketch)
  expect(await run({ kind: 'createTable', table: users })).toEqual([
    'create table `users` (`id` int unsigned not null auto_increment, `age` int null, primary key (`id`))',
  ])
  await run({ kind: 'addForeignKey', table: 'users', foreignKey: toUsers })
  expect(await run({ kind: 'renameColumn', table: 'users', from: 'age', to: 'years' })).toEqual([
    'alter table `users` rename column `age` to `years`, drop index `k`, add key `k` (`years`) comment \'migrate-tui: declared as {"years":"int"}\'',
  ])
  expect(await mariadb.listTables(sketch)).toEqual(['users'])
  const table = await mariadb.introspectTable(sketch, 'users')
  expect(table?.columns[1]).toEqual(column('years'))
  expect(await run({ kind: 'dropTable', table: users })).toEqual(['drop table `users`'])
  expect(await mariadb.listTables(sketch)).toEqual([])
  await expect(sketch.query('select 1')).rejects.toMatchObject({ code: 'OFFLINE_READ' })
  await mariadb.frame.leave(sketch)
  await shadow.close()
})

test('a sketch of a database sees its tables, and changes none', async () => {
  await carryOut(connection, [{ kind: 'createTable', table: users }])
  await database.exec('insert into users (age) values (7)')
  const { connection: sketch } = await mariadb.shadow(null, connection)
  await carryOut(sketch, [{ kind: 'dropColumn', table: 'users', column: column('age') }])
  await carryOut(sketch, [{ kind: 'renameTable', from: 'users', to: 'people' }])
  expect(await mariadb.listTables(sketch)).toEqual(['people'])
  expect((await mariadb.introspectTable(sketch, 'people'))?.columns).toHaveLength(1)
  expect((await tableIn(connection, 'users')).columns).toHaveLength(2)
  expect(await sketch.query('select count(*) as n from users')).toEqual([{ n: 1 }])
  await expect(sketch.query('select 1 from nothing')).rejects.toMatchObject({
    code: 'TABLE_MISSING',
  })
})

test('what Knex asks about tables is answered from the sketch', async () => {
  const { connection: sketch } = await mariadb.shadow(null, null)
  const hasTable =
    'select * from information_schema.tables where table_name = ? and table_schema = database()'
  expect(await sketch.query(hasTable, ['users'])).toEqual([])
  await carryOut(sketch, [{ kind: 'createTable', table: users }])
  expect(await sketch.query(hasTable, ['users'])).toHaveLength(1)
  const shown = await sketch.query('show columns from `users`')
  expect(shown.map((row) => row.Field)).toEqual(['id', 'age'])
})
