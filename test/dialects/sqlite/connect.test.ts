import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import { folderOf } from '../../support/folder.js'
import { driverOf, DRIVERS, newFile, open, run, settingsFor, WHOLE } from '../../support/sqlite.js'
import { migrateErrorOf } from '../../support/thrown.js'

describe.each(DRIVERS)('%s', (driver) => {
  const connect = (file: string, readOnly = false, connection: object = {}) =>
    sqlite.connect(
      driverOf(driver),
      settingsFor(file, {
        client: driver,
        readOnly,
        connection: { filename: file, ...connection },
      }),
    )

  test('a database that is only read is not made', async () => {
    const file = newFile()
    const error = await migrateErrorOf(() => connect(file, true))
    expect(error.code).toBe('CONNECT_NO_DATABASE')
    expect(error.message).toContain(file)
    expect(readdirSync(dirname(file))).toEqual([])
  })

  test('a database that is written to is made, its folder is not', async () => {
    const file = newFile()
    const connection = await connect(file)
    await connection.execute('create table t (a)')
    await connection.close()
    expect(existsSync(file)).toBe(true)
    const lost = join(dirname(file), 'no', 'x.db')
    const error = await migrateErrorOf(() => connect(lost))
    expect(error.code).toBe('CONNECT_NO_FOLDER')
    expect(existsSync(dirname(lost))).toBe(false)
  })

  test.each(['delete', 'wal'])('reading in %s mode leaves nothing behind', async (mode) => {
    const file = newFile()
    const writer = await connect(file)
    await run(writer, [
      `pragma journal_mode = ${mode}`,
      'create table t (a)',
      'insert into t values (1)',
    ])
    await writer.close()
    const before = readFileSync(file)
    const reader = await connect(file, true)
    expect(await reader.query('select a from t')).toEqual([{ a: 1 }])
    await sqlite.introspect(reader, WHOLE)
    const error = await migrateErrorOf(() => reader.execute('insert into t values (2)'))
    expect(error.code).toBe('DATABASE_READ_ONLY')
    await reader.close()
    expect(readdirSync(dirname(file))).toEqual(['test.sqlite3'])
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('what another connection wrote is read although it is still open', async () => {
    const file = newFile()
    const writer = await connect(file)
    await run(writer, [
      'pragma journal_mode = wal',
      'create table t (a)',
      'insert into t values (1)',
    ])
    const reader = await connect(file, true)
    expect(await reader.query('select a from t')).toEqual([{ a: 1 }])
    await reader.close()
    await writer.close()
  })

  test('a file of another kind is no database', async () => {
    const file = newFile()
    writeFileSync(file, 'hello, this is a text '.repeat(100))
    const error = await migrateErrorOf(() => connect(file, true))
    expect(error.code).toBe('CONNECT_NOT_A_DATABASE')
    expect(error.message).toContain(file)
    mkdirSync(join(dirname(file), 'folder.db'))
    const folder = await migrateErrorOf(() => connect(join(dirname(file), 'folder.db')))
    expect(folder.code).toBe('CONNECT_NOT_A_DATABASE')
  })

  test('a damaged database is said to be', async () => {
    const file = newFile()
    const connection = await connect(file)
    await run(connection, ['create table t (a)', 'create table u (a)'])
    for (let i = 0; i < 50; i += 1) await connection.execute('insert into t values (zeroblob(500))')
    await connection.close()
    const bytes = readFileSync(file)
    bytes.fill(0xff, 4096)
    writeFileSync(file, bytes)
    const damaged = await connect(file)
    const error = await migrateErrorOf(() => damaged.query('select * from t'))
    expect(error.code).toBe('DATABASE_CORRUPT')
    await damaged.close()
  })

  test('a full disk is said to be', async () => {
    const connection = await connect(':memory:')
    await run(connection, ['create table t (a)', 'pragma max_page_count = 3'])
    const error = await migrateErrorOf(() =>
      connection.execute('insert into t values (zeroblob(100000))'),
    )
    expect(error.code).toBe('DISK_FULL')
    await connection.close()
  })

  test('a statement that SQLite does not take says so, with the statement', async () => {
    const connection = await open(':memory:', {}, driver)
    const error = await migrateErrorOf(() => connection.query('select a from nowhere'))
    expect(error.code).toBe('STATEMENT_FAILED')
    expect(error.message).toBe('SQLite refused a statement: no such table: nowhere')
    expect(error.details).toMatchObject({ sql: 'select a from nowhere' })
  })

  test('what only the application defines is named', async () => {
    const connection = await open(':memory:', {}, driver)
    const error = await migrateErrorOf(() =>
      connection.execute("create table t (a text check (a regexp 'x'))"),
    )
    expect(error.code).toBe('SQLITE_MISSING_FUNCTION')
    expect(error.message).toBe('SQLite has no function regexp here.')
  })

  test('a broken view that stops an alteration is named', async () => {
    const connection = await open(':memory:', {}, driver)
    await run(connection, ['create table t (a, b)', 'create view v as select nothing_there from t'])
    const error = await migrateErrorOf(() => connection.execute('alter table t drop column b'))
    expect(error.code).toBe('SQLITE_BROKEN_OBJECT')
    expect(error.message).toBe('The view v does not work: no such column: nothing_there.')
  })

  test('bindings and counts are those of the engine', async () => {
    const connection = await open(':memory:', {}, driver)
    await connection.execute('create table t (a, b)')
    const bytes = Uint8Array.from([1, 2])
    expect(
      await connection.execute('insert into t values (?, ?), (?, ?)', ["it's", null, true, bytes]),
    ).toBe(2)
    expect(await connection.execute("insert into t values ('?', ?)", [new Date(5)])).toBe(1)
    expect(await connection.query('select a, b, typeof(b) as t from t')).toEqual([
      { a: "it's", b: null, t: 'null' },
      { a: 1, b: Buffer.from([1, 2]), t: 'blob' },
      { a: '?', b: 5, t: driver === 'sqlite3' ? 'integer' : 'real' },
    ])
    expect(await connection.execute('create table u (a)')).toBe(0)
    expect(await connection.execute('delete from t')).toBe(3)
    expect(await connection.execute('drop table t')).toBe(0)
  })

  test('literals are read back as what was bound', async () => {
    const connection = await open(':memory:', {}, driver)
    for (const value of [null, 'a', "it's", 'nul\0inside', 1.5, -3, true, 'x'.repeat(9)]) {
      const [row] = await connection.query(
        `select ${sqlite.literal(value)} as literal, ? as bound`,
        [value],
      )
      expect(row?.literal).toEqual(row?.bound)
    }
    expect(
      await connection.query(`select hex(${sqlite.literal(Uint8Array.from([0, 255]))}) as h`),
    ).toEqual([{ h: '00FF' }])
  })

  test('an address is read as the file it means', async () => {
    const file = newFile()
    const writer = await connect(`file:${file}?mode=rwc`)
    await writer.execute('create table t (a)')
    await writer.close()
    const reader = await connect(`file:${file}?mode=ro`)
    expect(await sqlite.listTables(reader)).toEqual(['t'])
    expect((await migrateErrorOf(() => reader.execute('drop table t'))).code).toBe(
      'DATABASE_READ_ONLY',
    )
    await reader.close()
    const memory = await connect('file::memory:?cache=shared', false, {
      flags: ['OPEN_URI', 'OPEN_SHAREDCACHE'],
    })
    await memory.execute('create table t (a)')
    await memory.close()
  })
})

test('a database is named by its path, without options that may be secret', () => {
  expect(sqlite.describe(settingsFor('./dev.db'))).toBe('./dev.db')
  expect(sqlite.describe(settingsFor('file:/x/dev.db?key=secret'))).toBe('/x/dev.db')
  expect(sqlite.fileOf(settingsFor('/x/dev.db'))).toBe('/x/dev.db')
  expect(sqlite.fileOf(settingsFor(':memory:'))).toBeNull()
  expect(sqlite.fileOf(settingsFor('file::memory:?cache=shared'))).toBeNull()
  expect(sqlite.driverPackage('sqlite3')).toBe('sqlite3')
  expect(sqlite.driverPackage('better-sqlite3')).toBe('better-sqlite3')
})

test('a configuration without a file is an error, not a database in memory', async () => {
  for (const connection of [{}, '', null, { filename: ' ' }]) {
    const error = await migrateErrorOf(() =>
      sqlite.connect(driverOf('better-sqlite3'), settingsFor('', { connection })),
    )
    expect(error.code).toBe('CONNECT_NO_FILENAME')
  }
})

test('integers come as bigints to the project’s own queries where it asked for that', async () => {
  const connection = await sqlite.connect(
    driverOf('better-sqlite3'),
    settingsFor(':memory:', {
      connection: { filename: ':memory:', options: { safeIntegers: true } },
    }),
  )
  expect(await connection.query('select 1 as n')).toEqual([{ n: 1 }])
  const handle = connection.handle as { prepare(sql: string): { get(): unknown } }
  expect(handle.prepare('select 1 as n').get()).toEqual({ n: 1n })
  await connection.close()
})

test('a file that may not be read says so', async () => {
  const file = join(folderOf({ 'x.db': '' }), 'x.db')
  chmodSync(dirname(file), 0o755)
  chmodSync(file, 0)
  // Loaded while it may be: another user may not see where it is installed.
  const driver = driverOf('better-sqlite3')
  await sqlite.connect(driver, settingsFor(':memory:')).then((one) => one.close())
  const error = await migrateErrorOf(() =>
    asNobody(() => sqlite.connect(driver, settingsFor(file, { readOnly: true }))),
  )
  expect(error.code).toBe('CONNECT_NO_PERMISSION')
})

/** Does something as a user without rights: root may read everything. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return await work()
  process.seteuid?.(65_534)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}
