/** What a project does with each connection of its pool (Knex's `pool.afterCreate`) holds for ours, and disturbs none of our questions. */
import { describe, expect, test } from 'vitest'
import { errorOf, line } from '../support/revision-line.js'
import { makeProject, sqliteProject, type TestProject } from '../support/project.js'
import { makeServerProject, ONE_OF_EACH, type ServerEngine } from '../support/server-project.js'

const MODELS = `exports.Note = class Note extends Model {
  static tableName = 'notes'
  static defineTable(table, knex) {
    table.increments()
    table.string('word').notNullable().defaultTo('it\\'s "so"').comment('a "word"')
    table.timestamp('at').notNullable().defaultTo(knex.fn.now())
    table.integer('size').unsigned()
    table.index(['word', 'size'])
    table.check('size > 0', [], 'notes_size')
  }
}`

function knexfile(client: string, connection: string, hook: string, more = ''): string {
  return `module.exports = {
  client: '${client}',
  connection: ${connection},
  useNullAsDefault: true,
  ${more}
  pool: { afterCreate(conn, done) { ${hook} } },
}
`
}

/** Asks the session for what the project set in it. */
const SCRIPT = (asked: string): string =>
  `await knex.raw("insert into notes (word, size) select ${asked}, 1")`

const SERVERS: Readonly<Record<ServerEngine['client'], { hook: string; asked: string }>> = {
  pg: {
    hook: `conn.query(\`set search_path to app; set app.who to 'me'; set quote_all_identifiers to on;
      set datestyle to 'German'; set default_transaction_read_only to off\`, (error) => done(error, conn))`,
    asked: `current_setting('app.who')`,
  },
  mysql2: {
    hook: `conn.query("set @who = 'me', sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES,PIPES_AS_CONCAT,ONLY_FULL_GROUP_BY'", (error) => done(error, conn))`,
    asked: '@who',
  },
}

async function wholeWay(project: TestProject, asked: string): Promise<void> {
  await project.ok('migrate', '-m', 'notes')
  await project.ok('upgrade')
  expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })
  await project.ok('revision', '-m', 'rows')
  const file = `migrations/${project.list('migrations').at(-1) ?? ''}`
  const text = project.read(file)
  const at = text.indexOf('{', text.indexOf('up'))
  project.write(file, `${text.slice(0, at + 1)}\n  ${SCRIPT(asked)}\n${text.slice(at + 1)}`)
  expect(project.read(file)).toContain(asked)
  await project.ok('upgrade', '--dry-run')
  await project.ok('upgrade')
}

describe.each(ONE_OF_EACH)('$name', (engine) => {
  const { hook, asked } = SERVERS[engine.client]

  test('the session is as the project makes it', async () => {
    const { project, database } = await makeServerProject(engine, { models: MODELS })
    const schema = engine.client === 'pg' ? 'app.' : ''
    if (schema !== '') await database.sql('create schema app')
    const url = JSON.stringify(database.url)
    project.write('knexfile.js', knexfile(engine.client, url, hook))
    await wholeWay(project, asked)
    expect(await database.sql(`select word from ${schema}notes`)).toEqual([{ word: 'me' }])
  })

  test('a command that only reads lets it write nothing', async () => {
    const { project, database } = await makeServerProject(engine, { scripts: line('aaa') })
    await database.sql('create table visits (n int)')
    const url = JSON.stringify(database.url)
    const writes = `conn.query('insert into visits values (1)', (error) => done(error, conn))`
    project.write('knexfile.js', knexfile(engine.client, url, writes))
    expect(await project.json('current')).toMatchObject({ pending: 1 })
    expect(await database.sql('select n from visits')).toEqual([])
    await project.ok('upgrade')
    expect((await database.sql('select n from visits')).length).toBeGreaterThan(0)
  })

  test('a session that cannot be made ready is told with the reason', async () => {
    const { project, database } = await makeServerProject(engine, { scripts: line('aaa') })
    const url = JSON.stringify(database.url)
    const broken = `conn.query('set role nobody_at_all', (error) => done(error, conn))`
    project.write('knexfile.js', knexfile(engine.client, url, broken))
    const failed = errorOf(await project.run(['upgrade', '--json']))
    expect(failed).toMatchObject({ code: 'CONNECT_AFTER_CREATE' })
    expect(failed.message).toContain('nobody_at_all')
  })
})

describe.each(['better-sqlite3', 'sqlite3'])('%s', (client) => {
  const connection = `{ filename: './dev.sqlite3' }`

  test('the session is as the project makes it, and reading changes no file', async () => {
    const project = makeProject(sqliteProject(MODELS))
    const hook =
      client === 'sqlite3'
        ? `conn.run('pragma journal_mode = wal', () => conn.run('pragma recursive_triggers = on', (error) => done(error, conn)))`
        : `conn.defaultSafeIntegers(true); conn.function('who', () => 'me'); conn.pragma('journal_mode = wal'); done(null, conn)`
    project.write('knexfile.js', knexfile(client, connection, hook))
    await wholeWay(project, client === 'sqlite3' ? `'me'` : 'who()')
    expect(project.rows('select word from notes')).toEqual([{ word: 'me' }])
    expect(project.rows('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }])
    project.exec('pragma journal_mode = delete')
    expect(await project.json('current')).toMatchObject({ atHead: true })
    expect(project.rows('pragma journal_mode')).toEqual([{ journal_mode: 'delete' }])
  })

  test('a hook that throws, or never says that it is done, is told', async () => {
    const project = makeProject(sqliteProject(MODELS))
    await project.ok('migrate', '-m', 'notes')
    for (const [hook, said] of [
      [`throw new Error('no key for ' + typeof conn)`, 'no key for object'],
      ['', 'did not call'],
    ] as const) {
      project.write(
        'knexfile.js',
        knexfile(client, connection, hook, 'acquireConnectionTimeout: 300,'),
      )
      const failed = errorOf(await project.run(['upgrade', '--json']))
      expect(failed).toMatchObject({ code: 'CONNECT_AFTER_CREATE' })
      expect(failed.message).toContain(said)
    }
  })
})

test('functions of the project are there where revisions are tried on an empty copy', async () => {
  const project = makeProject({
    ...sqliteProject(''),
    'knexfile.js': knexfile(
      'better-sqlite3',
      `{ filename: './dev.sqlite3' }`,
      `conn.function('odd', (n) => n % 2); done(null, conn)`,
    ),
    'migrations/1_odd.js': `exports.up = (knex) => knex.schema.raw('create table t (n integer check (odd(n)))')
  .then(() => knex('t').insert({ n: 1 }))
exports.down = (knex) => knex.schema.dropTable('t')
`,
  })
  expect(await project.ok('upgrade', '--sql')).toContain('odd(n)')
  await project.ok('upgrade', '--dry-run')
  await project.ok('upgrade')
  expect((await project.run(['verify'])).stdout).toContain('Scripts, history and database agree')
  expect(await project.json('show', '1_odd')).toMatchObject({
    unforeseen: { up: null, down: null },
  })
})
