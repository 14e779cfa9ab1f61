/**
 * What a dialect says that it has no counterpart of, held against the engines: what is marked is
 * refused, or cannot be told from what is made without it; what is not marked is there, and clean.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../src/dialects/connection.js'
import type { Dialect } from '../../src/dialects/dialect.js'
import { mariadb } from '../../src/dialects/mariadb/index.js'
import { postgres } from '../../src/dialects/postgres/index.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { isSame } from '../../src/operations/equal.js'
import type { EngineLacks } from '../../src/workflows/writing/engine-lacks.js'
import { ENGINE_LACKS } from '../../src/workflows/writing/engine-lacks.js'
import type { Lack } from '../../src/operations/lacks.js'
import type { Operation } from '../../src/operations/operation.js'
import { statedBy } from '../../src/operations/stated.js'
import type { Table } from '../../src/schema/table.js'
import { arbitraryType } from '../support/arbitrary-columns.js'
import { PROBES, type Probe } from '../support/counterpart-probes.js'
import { makeMariadbDatabase } from '../support/mariadb.js'
import { makePostgresDatabase, POSTGRES_SERVERS } from '../support/postgres.js'
import { column, id, table } from '../support/schema-builders.js'
import { openSqlite } from '../support/script-run.js'

interface Opened {
  readonly connection: Connection
  readonly drop: () => Promise<unknown>
}

interface Engine {
  readonly name: string
  readonly dialect: Dialect
  /** Whether a lack that only some versions have is one of this server. */
  readonly isOld: boolean
  readonly open: () => Promise<Opened>
}

const ENGINES: readonly Engine[] = [
  {
    name: 'sqlite',
    dialect: sqlite,
    isOld: false,
    async open() {
      const connection = await openSqlite()
      return { connection, drop: () => connection.close() }
    },
  },
  ...POSTGRES_SERVERS.map((server): Engine => ({
    name: server,
    dialect: postgres,
    isOld: server === 'postgres-15',
    async open() {
      const made = await makePostgresDatabase(server)
      await made.exec('create extension citext; create schema app')
      return { connection: await made.connect(), drop: () => made.drop() }
    },
  })),
  {
    name: 'mariadb',
    dialect: mariadb,
    isOld: false,
    async open() {
      const made = await makeMariadbDatabase()
      return { connection: await made.connect(), drop: () => made.drop() }
    },
  },
]

const PARENT = table('probe_parent', [id], { primaryKey: { name: null, columns: ['id'] } })

/** What the tool says that an engine lacks. */
function lacksOfEngine({ name }: Dialect): EngineLacks['lacks'] {
  const engine = ENGINE_LACKS.find((each) => each.name === name)
  if (engine === undefined) throw new Error(`${name} is not listed`)
  return engine.lacks
}

describe.each(ENGINES)('$name', ({ dialect, isOld, open }) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open()
    await run({ kind: 'createTable', table: PARENT })
  })
  afterAll(() => opened.drop())

  async function run(operation: Operation): Promise<void> {
    const { connection } = opened
    for (const { sql } of await dialect.emit(connection, [operation])) await connection.execute(sql)
  }

  /** What the engine makes of a table; null where it refuses it, and nothing is left then. */
  async function made(wanted: Table): Promise<Table | null> {
    const { connection } = opened
    const isUndone = dialect.facts.transactionalDdl
    if (isUndone) await dialect.frame.begin(connection, 1000)
    try {
      await run({ kind: 'createTable', table: wanted })
      return await dialect.introspectTable(connection, wanted.name)
    } catch {
      return null
    } finally {
      if (isUndone) await dialect.frame.rollback(connection)
      else await connection.execute(`drop table if exists ${dialect.quote(wanted.name)}`)
    }
  }

  /** Whether a comparison finds nothing: by the rules, or as the engine prints both. */
  async function isClean(live: Table, wanted: Table): Promise<boolean> {
    if (isSame(dialect.canonical(live, wanted), dialect.canonical(wanted))) return true
    const [one, other] = (await dialect.settle?.(opened.connection, [live, wanted])) ?? []
    return one !== undefined && isSame(one, other)
  }

  const lacksOf = (wanted: Table): readonly Lack[] =>
    statedBy({ kind: 'createTable', table: wanted })
      .flatMap((stated) => lacksOfEngine(dialect)(stated))
      .filter(({ versions }) => versions === undefined || isOld)

  const probes = PROBES.filter(({ unless }) => unless !== dialect.name)

  test.each(probes)('$name', async ({ stated, without }: Probe) => {
    const lacks = lacksOf(stated)
    const live = await made(stated)
    if (lacks.some(({ instead }) => instead === null)) {
      expect(live).toBeNull()
      return
    }
    if (live === null) throw new Error('it is refused, and not marked')
    expect(await isClean(live, stated)).toBe(true)
    const isTold = !isSame(dialect.canonical(stated), dialect.canonical(without))
    if (lacks.length === 0) expect(isTold || isHeldAlike(stated)).toBe(true)
    else expect(isTold).toBe(lacks.every(({ instead }) => ONLY_IN_ROWS.includes(instead ?? '')))
  })

  test('a column of any type that is not marked is there, and clean', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryType, async (said) => {
        // The catalog of MariaDB holds no character of four bytes, so it prints a list of them as `?`.
        const type = 'values' in said ? { ...said, values: ['a', `it's`] } : said
        const wanted = table('probe', [column('c', { type })])
        // Extensions, and types that only this very database might have.
        fc.pre(!['geometry', 'geography'].includes(type.kind) || dialect !== postgres)
        fc.pre(type.kind !== 'native' || !type.text.includes('mood'))
        fc.pre(type.kind !== 'enum' || type.native === null)
        fc.pre(lacksOf(wanted).length === 0)
        const live = await made(wanted)
        if (live === null) throw new Error('it is refused, and not marked')
        expect(dialect.canonical(live, wanted)).toEqual(dialect.canonical(wanted))
      }),
      { numRuns: 150 },
    )
  })
})

test('what SQLite takes in name only is no rule for its rows', async () => {
  const connection = await openSqlite()
  try {
    const make = async (name: string): Promise<void> => {
      const probe = PROBES.find((each) => each.name === name)
      if (probe === undefined) throw new Error(`no probe ${name}`)
      const operation: Operation = { kind: 'createTable', table: probe.stated }
      for (const { sql } of await sqlite.emit(connection, [operation]))
        await connection.execute(sql)
    }
    await make('type tsvector')
    expect(await connection.execute(`insert into probe (c) values ('no'), (7), (x'00')`)).toBe(3)
    await connection.execute('drop table probe')
    await make('default gen_random_uuid()')
    expect(await connection.execute(`insert into probe (c) values ('given')`)).toBe(1)
    await expect(connection.execute(`insert into probe (name) values ('x')`)).rejects.toThrow(
      'gen_random_uuid',
    )
  } finally {
    await connection.close()
  }
})

test('only PostgreSQL has a type whose values can change', async () => {
  const operation: Operation = {
    kind: 'alterEnum',
    name: 'mood',
    from: ['a'],
    to: ['a', 'b'],
    renamed: {},
  }
  const [stated] = statedBy(operation)
  if (stated === undefined) throw new Error('a change states something')
  for (const { dialect, open } of ENGINES) {
    const { connection, drop } = await open()
    try {
      if (dialect === postgres) {
        const create: Operation = { kind: 'createEnum', enum: { name: 'mood', values: ['a'] } }
        for (const { sql } of await dialect.emit(connection, [create]))
          await connection.execute(sql)
        expect(await dialect.emit(connection, [operation])).not.toEqual([])
        expect(lacksOfEngine(dialect)(stated)).toEqual([])
      } else {
        await expect(dialect.emit(connection, [operation])).rejects.toThrow('could be altered')
        expect(lacksOfEngine(dialect)(stated)).toMatchObject([{ instead: null }])
      }
    } finally {
      await drop()
    }
  }
})

/** What shows only in the rows, as another test shows. */
const ONLY_IN_ROWS: readonly string[] = [
  'only keeps the name and takes any value',
  'refuses the rows that need it',
]

/** A key that can be deferred later is what every key of SQLite is (`pragma defer_foreign_keys`); options of one's own are not compared. */
function isHeldAlike({ foreignKeys, options }: Table): boolean {
  return foreignKeys.some(({ deferrable }) => deferrable === 'immediate') || 'strict' in options
}
