/** Rows of our history tables come back from every engine as they were written. */
import { expect, test } from 'vitest'
import type { Connection } from '../../src/dialects/connection.js'
import type { Dialect } from '../../src/dialects/dialect.js'
import { mariadb } from '../../src/dialects/mariadb/index.js'
import { postgres } from '../../src/dialects/postgres/index.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import type { HistoryRow } from '../../src/runner/history-row.js'
import { createHistoryTables, historyTables } from '../../src/runner/history-tables.js'
import { insertLog, insertRevisions, readHistory, readLog } from '../../src/runner/history.js'
import { makeMariadbDatabase } from '../support/mariadb.js'
import { makePostgresDatabase, POSTGRES_SERVERS } from '../support/postgres.js'
import { inMemory } from '../support/sqlite.js'

type Work = (connection: Connection) => Promise<void>

interface Engine {
  readonly name: string
  readonly dialect: Dialect
  readonly within: (work: Work) => Promise<void>
}

const ENGINES: readonly Engine[] = [
  { name: 'sqlite', dialect: sqlite, within: (work) => inMemory(work) },
  ...POSTGRES_SERVERS.map((name) => ({
    name,
    dialect: postgres,
    within: async (work: Work) => {
      const database = await makePostgresDatabase(name)
      await work(await database.connect()).finally(() => database.drop())
    },
  })),
  {
    name: 'mariadb',
    dialect: mariadb,
    within: async (work) => {
      const database = await makeMariadbDatabase()
      await work(await database.connect()).finally(() => database.drop())
    },
  },
]

const TABLES = historyTables('our "own"')

const row = (position: number, more: Partial<HistoryRow> = {}): HistoryRow => ({
  revision: `r${position}`,
  position,
  downRevisions: position === 1 ? [] : [`r${position - 1}`],
  message: `step ${position}`,
  checksum: 'a'.repeat(64),
  state: 'applied',
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:01.000Z',
  durationMs: 1000,
  toolVersion: '0.1.0',
  appliedBy: 'ann@host',
  hazards: [],
  error: null,
  ...more,
})

const HOSTILE: readonly HistoryRow[] = [
  row(1, {
    message: `quotes ' " \` and \\ and ? and $1 and %s`,
    hazards: ['DROP_COLUMN', 'a,b', '{}'],
    error: 'line one\nline two\ttabbed\r\nüñí 漢字 🙂',
    checksum: null,
  }),
  row(2, { message: '', appliedBy: '[{"revision": "x"}]', error: 'null' }),
]

test.each(ENGINES)('on $name rows are read as they were written', async ({ dialect, within }) => {
  const many = Array.from({ length: 230 }, (_, i) => row(i + 3))
  const rows = [...HOSTILE, ...many]
  await within(async (connection) => {
    for (const sql of createHistoryTables(dialect, TABLES)) await connection.execute(sql)
    await insertRevisions(dialect, connection, TABLES, rows)
    await insertLog(
      dialect,
      connection,
      TABLES,
      rows.map((each) => ({ ...each, direction: 'up' })),
    )
    expect(await readHistory(dialect, connection, TABLES)).toEqual(rows)
    const log = await readLog(dialect, connection, TABLES, { ids: true })
    expect(log).toEqual({ last: rows.length, ids: new Set(rows.map(({ revision }) => revision)) })
  })
})

test.each(ENGINES)(
  'on $name half of a surrogate pair in an error keeps nothing from being recorded',
  async ({ dialect, within }) => {
    await within(async (connection) => {
      for (const sql of createHistoryTables(dialect, TABLES)) await connection.execute(sql)
      await insertRevisions(dialect, connection, TABLES, [row(1, { error: 'cut \uD83D here' })])
      const [found] = await readHistory(dialect, connection, TABLES)
      expect(found?.error).toMatch(/^cut .+ here$/)
    })
  },
)
