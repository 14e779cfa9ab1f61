/** Sessions: how they come about, what is said when they do not, and when they are lost. */
import { createServer } from 'node:net'
import { once } from 'node:events'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgres } from '../../../src/dialects/postgres/index.js'
import { MigrateError } from '../../../src/errors.js'
import {
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'

const SECRET = 'canary-secret-417'

/** What a promise is rejected with. */
async function refusal(promise: Promise<unknown>): Promise<MigrateError> {
  try {
    await promise
  } catch (thrown) {
    if (thrown instanceof MigrateError) return thrown
    throw thrown
  }
  throw new Error('it was not refused')
}

const words = (error: MigrateError): string =>
  JSON.stringify([error.message, error.why, error.fix, error.state, error.details])

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let url: URL

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    url = new URL(database.url)
    await database.exec(
      `create role r${url.pathname.slice(1)} login password 'right' in role migrate_tui_password; create schema app; create schema "Odd, one"`,
    )
  })
  afterAll(async () => {
    await database.exec(`drop role r${url.pathname.slice(1)}`)
    await database.drop()
  })

  const connectTo = (change: (url: URL) => void) => {
    const changed = new URL(url)
    change(changed)
    return postgres.connect(pg, database.settings({ connection: changed.href }))
  }

  test('a URL, an object and the environment are all understood', async () => {
    const object = {
      host: url.hostname,
      port: Number(url.port),
      user: 'postgres',
      database: url.pathname.slice(1),
    }
    for (const connection of [url.href, object, { connectionString: url.href }]) {
      const settings = database.settings({ connection })
      expect(postgres.describe(settings)).toBe(`${url.host}${url.pathname}`)
      const session = await postgres.connect(pg, settings)
      expect(await session.query('select current_database() as name')).toEqual([
        { name: object.database },
      ])
      await session.close()
    }
    const before = { ...process.env }
    Object.assign(process.env, {
      PGHOST: url.hostname,
      PGPORT: url.port,
      PGUSER: 'postgres',
      PGDATABASE: object.database,
    })
    try {
      const settings = database.settings({ connection: undefined })
      expect(postgres.describe(settings)).toBe(`${url.host}${url.pathname}`)
      const session = await postgres.connect(pg, settings)
      await session.close()
    } finally {
      process.env = before
    }
  })

  test('a wrong password is said without it', async () => {
    const error = await refusal(
      connectTo((to) =>
        Object.assign(to, { username: `r${url.pathname.slice(1)}`, password: SECRET }),
      ),
    )
    expect(error.code).toBe('CONNECT_PASSWORD')
    expect(words(error)).not.toContain(SECRET)
  })

  test('a missing database, and a server that is not there, are said', async () => {
    const none = await refusal(connectTo((to) => Object.assign(to, { pathname: '/nowhere' })))
    expect(none).toMatchObject({
      code: 'CONNECT_NO_DATABASE',
      message: `There is no database nowhere at ${url.host}.`,
    })
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const address = free.address()
    free.close()
    const port = typeof address === 'object' && address !== null ? String(address.port) : ''
    const gone = await refusal(connectTo((to) => Object.assign(to, { port, password: SECRET })))
    expect(gone).toMatchObject({
      code: 'CONNECT_UNREACHABLE',
      message: `No PostgreSQL answers at 127.0.0.1:${port}.`,
    })
    expect(words(gone)).not.toContain(SECRET)
    const host = await refusal(
      connectTo((to) => Object.assign(to, { hostname: 'no-such-host.invalid' })),
    )
    expect(host.code).toBe('CONNECT_UNREACHABLE')
  })

  test('encryption that the server does not have is said', async () => {
    const error = await refusal(
      postgres.connect(
        pg,
        database.settings({ connection: { connectionString: url.href, ssl: true } }),
      ),
    )
    expect(error.code).toBe('CONNECT_TLS')
  })

  test('the search path decides where names without a schema are', async () => {
    const session = await database.connect({ searchPath: ['Odd, one', 'app'] })
    await session.execute('create table here (id int)')
    await session.execute('create table app.there (id int)')
    expect(await postgres.listTables(session)).toEqual(['here', 'app.there'])
    expect(
      (await postgres.introspect(session, { only: null, except: [] })).schema.tables.map(
        ({ name }) => name,
      ),
    ).toEqual(['here', 'app.there'])
    expect(await session.query('show search_path')).toEqual([{ search_path: '"Odd, one", app' }])
    const none = await refusal(postgres.connect(pg, database.settings({ searchPath: ['nowhere'] })))
    expect(none.code).toBe('CONNECT_SEARCH_PATH')
  })

  test('bindings are question marks, but not in strings, names, quotes and comments', async () => {
    const session = await database.connect()
    const rows = await session.query(
      `select '?' as a, e'\\'?' as b, $$ ? $$ as c, $x$ ? $$ ? $x$ as d, 1 as "?", /* ? /* ? */ ? */ ?::int as e, '{"k":1}'::jsonb \\? ? as f -- ?
        , ?::text as g, ?::bool as h, ?::timestamptz at time zone 'UTC' as i, ?::bytea as j, ?::int8 as k`,
      [
        5,
        'k',
        `it's`,
        true,
        new Date('2026-01-31T10:00:00Z'),
        new Uint8Array([1, 255]),
        9007199254740993n,
      ],
    )
    expect(rows).toEqual([
      {
        a: '?',
        b: `'?`,
        c: ' ? ',
        d: ' ? $$ ? ',
        '?': 1,
        e: 5,
        f: true,
        g: `it's`,
        h: true,
        i: '2026-01-31 10:00:00',
        j: '\\x01ff',
        k: '9007199254740993',
      },
    ])
    expect(await session.query(`select '{"a":1}'::jsonb ? 'a' as has`)).toEqual([{ has: true }])
  })

  test("a project's own type parsers do not reach us", async () => {
    pg.types.setTypeParser(pg.types.builtins.INT4, () => 'spoilt')
    try {
      const session = await database.connect()
      expect(await session.query('select 1 as n')).toEqual([{ n: 1 }])
      expect(await session.execute('create table counted (n int)')).toBe(0)
      expect(await session.execute('insert into counted values (1), (2)')).toBe(2)
      expect(await session.execute('update counted set n = 3 where n = ?', [1])).toBe(1)
    } finally {
      pg.types.setTypeParser(pg.types.builtins.INT4, (text) => Number(text))
    }
  })

  test('a session that may only read refuses to write', async () => {
    const session = await database.connect({ readOnly: true })
    expect((await refusal(session.execute('create table x (id int)'))).code).toBe('READ_ONLY')
  })

  test('statements and locks are waited for no longer than is said', async () => {
    const patient = await database.connect()
    const hasty = await database.connect({ lockTimeout: 50, statementTimeout: 200 })
    await patient.execute('create table busy (id int)')
    await patient.execute('begin')
    await patient.execute('lock table busy')
    expect((await refusal(hasty.execute('alter table busy add column n int'))).code).toBe(
      'LOCK_TIMEOUT',
    )
    await patient.execute('rollback')
    expect((await refusal(hasty.query('select pg_sleep(5)'))).code).toBe('STATEMENT_TIMEOUT')
  })

  test('a session that is lost says so, idle or at work', async () => {
    const session = await database.connect()
    const [row] = await session.query('select pg_backend_pid() as pid')
    const asleep = refusal(session.query('select pg_sleep(20)'))
    await new Promise((resolve) => setTimeout(resolve, 100))
    await database.exec(`select pg_terminate_backend(${Number(row?.pid)})`)
    expect((await asleep).code).toBe('CONNECT_LOST')
    expect(await refusal(session.query('select 1'))).toMatchObject({
      code: 'CONNECT_LOST',
      message: `The connection to ${url.host} was lost.`,
      why: 'terminating connection due to administrator command',
    })
    const client = session.handle as pg.Client // what a script's Knex speaks to
    const over: unknown = await client.query('select 1').catch((thrown: unknown) => thrown)
    expect(postgres.explain?.(over, session)?.why).toBe(
      'terminating connection due to administrator command',
    )
    await postgres.frame.rollback(session)
  })
})

test('an address is told without secrets, however it is written', () => {
  const told = (connection: unknown): string =>
    postgres.describe({
      client: 'pg',
      connection,
      searchPath: [],
      readOnly: false,
      lockTimeout: 1,
      statementTimeout: null,
    })
  expect(told('postgres://me:pw@db.example.com:6000/shop?sslmode=require')).toBe(
    'db.example.com:6000/shop',
  )
  expect(told('postgresql://me:pw@/shop?host=/var/run/pg')).toBe('/var/run/pg (port 5432)/shop')
  expect(told('/var/run/pg shop')).toBe('/var/run/pg (port 5432)/shop')
  expect(told('socket:/var/run/pg?db=shop')).toBe('/var/run/pg (port 5432)/shop')
  expect(told({ host: 'h', user: 'me', password: 'pw' })).toBe('h:5432/me')
})
