import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import mysql2 from 'mysql2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import type { MigrateError } from '../../../src/errors.js'
import { type MariadbDatabase, makeMariadbDatabase } from '../../support/mariadb.js'
import { migrateErrorOf } from '../../support/thrown.js'

const SECRET = 'correct horse/battery?'

let database: MariadbDatabase
let socketPath: string

beforeAll(async () => {
  database = await makeMariadbDatabase()
  socketPath = new URL(database.url).searchParams.get('socketPath') ?? ''
  const user = `u_${database.name}`
  await database.exec(
    `create user ${user} identified by '${SECRET}'; grant all on ${database.name}.* to ${user};
     create user r_${database.name} identified by '${SECRET}' require ssl; grant all on ${database.name}.* to r_${database.name}`,
  )
})

afterAll(async () => {
  await database.exec(`drop user u_${database.name}, r_${database.name}`)
  await database.drop()
})

type Given = Readonly<Record<string, unknown>>

const asUser = (more: Given = {}): Given => ({
  socketPath,
  user: `u_${database.name}`,
  password: SECRET,
  database: database.name,
  ...more,
})

async function refusal(connection: unknown): Promise<MigrateError> {
  return migrateErrorOf(async () => {
    const opened = await mariadb.connect(mysql2, database.settings({ connection }))
    await opened.close()
  })
}

async function nameAt(connection: unknown): Promise<unknown> {
  const opened = await mariadb.connect(mysql2, database.settings({ connection }))
  const [row] = await opened.query('select database() as db')
  await opened.close()
  return row?.db
}

describe('a session is opened', () => {
  test('by an object', async () => {
    expect(await nameAt(asUser())).toBe(database.name)
  })

  test('by a URL with signs in its password', async () => {
    const url = `mysql://u_${database.name}:${encodeURIComponent(SECRET)}@localhost/${database.name}?socketPath=${encodeURIComponent(socketPath)}`
    expect(await nameAt(url)).toBe(database.name)
    expect(await nameAt({ uri: url })).toBe(database.name)
  })

  test('with TLS, by a user who must', async () => {
    const folder = join(socketPath, '..')
    const ca = await readFile(join(folder, 'cert.pem'), 'utf8')
    const user = `r_${database.name}`
    const ssl = { ca, checkServerIdentity: () => undefined }
    expect(await nameAt(asUser({ user, ssl }))).toBe(database.name)
  })
})

describe('the person is told', () => {
  test.each([
    ['a wrong password', () => asUser({ password: 'wrong' }), 'CONNECT_PASSWORD'],
    ['no password', () => asUser({ password: undefined }), 'CONNECT_PASSWORD'],
    [
      'a database that is not there',
      () => ({ socketPath, user: 'root', database: 'nowhere' }),
      'CONNECT_NO_DATABASE',
    ],
    ['a database that is not theirs', () => asUser({ database: 'mysql' }), 'CONNECT_REFUSED'],
    ['no database at all', () => asUser({ database: undefined }), 'CONNECT_NO_DATABASE'],
    ['no server at a socket', () => asUser({ socketPath: '/nowhere/s' }), 'CONNECT_UNREACHABLE'],
    [
      'no server at a port',
      () => asUser({ socketPath: undefined, host: '127.0.0.1', port: 1 }),
      'CONNECT_UNREACHABLE',
    ],
    [
      'a host that nobody knows',
      () => `mysql://u:${encodeURIComponent(SECRET)}@no.such.host.invalid/x`,
      'CONNECT_UNREACHABLE',
    ],
    ['a certificate that nobody vouches for', () => asUser({ ssl: {} }), 'CONNECT_TLS'],
    [
      'TLS that the user must use',
      () => asUser({ user: `r_${database.name}` }),
      'CONNECT_PASSWORD',
    ],
    [
      'an option that the driver does not take',
      () => asUser({ ssl: 'no such profile' }),
      'CONNECT_SETTINGS',
    ],
  ])('%s', async (_what, connection, code) => {
    const error = await refusal(connection())
    expect(error.code).toBe(code)
    expect(
      JSON.stringify([error.message, error.why, error.fix, error.state, error.details]),
    ).not.toContain('horse')
  })

  test('a connection that was lost in the middle', async () => {
    const connection = await database.connect()
    const [row] = await connection.query('select connection_id() as id')
    await database.exec(`kill ${String(row?.id)}`)
    await expect(connection.execute('create table t (a int)')).rejects.toMatchObject({
      code: 'CONNECT_LOST',
    })
    // What the driver says of a statement after the one that failed is not the cause.
    const later = await migrateErrorOf(() => connection.execute('create table t (a int)'))
    expect(later.code).toBe('CONNECT_LOST')
    expect(later.why).toBe('The server or the network ended the session before this statement.')
    await connection.close()
  })
})

test.each([
  'not a url',
  'localhost:3306/shop',
  'mysql://me:canary#secret@localhost/shop',
  { uri: 'shop', database: 'shop' },
])('%j is no URL, and is not tried', async (connection) => {
  const error = await refusal(connection)
  expect(error).toMatchObject({
    code: 'CONNECT_SETTINGS',
    exit: 2,
    message: 'The connection in the configuration is no URL.',
  })
  expect(JSON.stringify([error.message, error.why, error.fix])).not.toContain('canary')
})

test('a database is described without a secret', () => {
  const describeAs = (connection: unknown): string =>
    mariadb.describe(database.settings({ connection }))
  expect(describeAs(`mysql://me:${encodeURIComponent(SECRET)}@db.example:3307/shop?ssl={}`)).toBe(
    'db.example:3307/shop',
  )
  expect(describeAs({ host: 'db', user: 'me', password: SECRET, database: 'shop' })).toBe(
    'db:3306/shop',
  )
  expect(describeAs({ socketPath: '/run/s', database: 'shop' })).toBe('/run/s/shop')
})

test('bindings stand as question marks, but not in strings, names and comments', async () => {
  const connection = await database.connect()
  const bytes = new Uint8Array([0, 255])
  const rows = await connection.query(
    "select ? as `a?`, '?' as b, ? as c, ? as d, /* ? */ ? as e, ? as f, ? as g -- ?",
    ['it\'s \\ "so" ?', 3, null, true, bytes, new Date(2026, 0, 2, 3, 4, 5, 678)],
  )
  expect(rows).toEqual([
    {
      'a?': 'it\'s \\ "so" ?',
      b: '?',
      c: 3,
      d: null,
      e: 1,
      f: Buffer.from(bytes),
      g: '2026-01-02 03:04:05.678',
    },
  ])
})

test('a text with a backslash comes through whatever the server takes backslashes for', async () => {
  await database.exec("set global sql_mode = 'STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES'")
  try {
    const connection = await database.connect()
    expect(await connection.query('select ? as a', ["\\' or 1=1 -- "])).toEqual([
      { a: "\\' or 1=1 -- " },
    ])
  } finally {
    await database.exec('set global sql_mode = default')
  }
})

test('several statements in one text are none', async () => {
  const connection = await database.connect({
    connection: `${database.url}&multipleStatements=true`,
  })
  await expect(
    connection.execute('create table a (a int); create table b (b int)'),
  ).rejects.toMatchObject({
    code: 'SQL_SYNTAX',
  })
  expect(await mariadb.listTables(connection)).toEqual([])
})

test('what the project sets for its own queries does not change ours', async () => {
  const connection = await database.connect({
    connection: {
      uri: database.url,
      rowsAsArray: true,
      typeCast: () => 'spoilt',
      nestTables: '_',
    },
  })
  expect(await connection.query('select 1 as one')).toEqual([{ one: 1 }])
})

test('rows that a statement changes are counted, those that a schema change copies are not', async () => {
  const connection = await database.connect()
  expect(await connection.execute('create table c (a int)')).toBe(0)
  expect(await connection.execute('insert into c values (1), (2), (3)')).toBe(3)
  expect(await connection.execute('alter table c modify a varchar(9), algorithm = copy')).toBe(0)
  expect(await connection.execute("update c set a = 'x' where a = '1'")).toBe(1)
})

test('a session that only reads writes nothing', async () => {
  const connection = await database.connect({ readOnly: true })
  await expect(connection.execute('create table t (a int)')).rejects.toMatchObject({
    code: 'READ_ONLY',
  })
})
