/**
 * For random models A and B in words that every engine knows: the scripts that `migrate` writes on
 * SQLite take the servers to A, on to B and back, and the comparison is clean at every stop.
 * PAIRS=1000 SEED=random runs more of them.
 */
import fc from 'fast-check'
import knexModule from 'knex'
import mysql2 from 'mysql2'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../src/dialects/connection.js'
import { mariadb } from '../../src/dialects/mariadb/index.js'
import { postgres } from '../../src/dialects/postgres/index.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { isSame } from '../../src/operations/equal.js'
import { summaryOf } from '../../src/operations/summary.js'
import { EMPTY_SCHEMA, type Schema } from '../../src/schema/schema.js'
import { modelRecorder } from '../../src/vocabulary/client.js'
import { bodyLines } from '../../src/workflows/writing/body-lines.js'
import { generateScript } from '../../src/workflows/writing/generated-script.js'
import type { Models } from '../support/change-kind.js'
import { desiredBy, kindChanges, type KindEngine } from '../support/kind-changes.js'
import { makeMariadbDatabase, sorted } from '../support/mariadb.js'
import { makePostgresDatabase, POSTGRES_SERVERS } from '../support/postgres.js'
import { portableModels } from '../support/portable-models.js'
import { functionOf } from '../support/run-body.js'
import type { FunctionScript, ScriptEngine } from '../support/script-run.js'
import { KNEX, openSqlite, runScripts, runScriptsOn, TABLES } from '../support/script-run.js'

const PAIRS = Number(process.env.PAIRS ?? 10)

type Engine = ScriptEngine & KindEngine

interface Server {
  readonly engine: Engine
  readonly connection: Connection
  /** Drops every table. */
  readonly empty: () => Promise<unknown>
  readonly drop: () => Promise<unknown>
}

const engineOf = (dialect: Engine['dialect'], driver: unknown, client: string): Engine => ({
  dialect,
  driver,
  knex: { knexModule, config: { client } },
  recorder: modelRecorder(knexModule, { client }),
  noCase: '',
})

const SQLITE = { ...engineOf(sqlite, null, 'better-sqlite3'), knex: KNEX }
let servers: readonly Server[] = []

beforeAll(async () => {
  const [mine, theirs] = [
    await makePostgresDatabase(POSTGRES_SERVERS.at(-1) ?? ''),
    await makeMariadbDatabase(),
  ]
  servers = [
    {
      engine: engineOf(postgres, pg, 'pg'),
      connection: await mine.connect(),
      empty: () => mine.exec('drop schema public cascade; create schema public'),
      drop: () => mine.drop(),
    },
    {
      engine: engineOf(mariadb, mysql2, 'mysql2'),
      connection: await theirs.connect(),
      empty: async () => {
        await theirs.empty()
        // The session was in the database that is gone.
        await servers[1]?.connection.execute(`use ${theirs.name}`)
      },
      drop: () => theirs.drop(),
    },
  ]
})

afterAll(async () => {
  for (const server of servers) await server.drop()
})

test(`${PAIRS} pairs of models, scripts written on SQLite`, async () => {
  await fc.assert(fc.asyncProperty(portableModels, portableModels, onAll), {
    numRuns: PAIRS,
    endOnFailure: process.env.SHRINK === undefined,
    ...(process.env.SEED === 'random' ? {} : { seed: Number(process.env.SEED ?? 20261126) }),
  })
}, 3_600_000)

async function onAll(a: Models, b: Models): Promise<void> {
  fc.pre(!isBlindTo(a, b))
  const [toA, toB] = await writtenOnSqlite([a, b])
  if (toA === undefined || toB === undefined) throw new Error('two models make two scripts')
  for (const { engine, connection, empty } of servers) {
    await empty()
    const run = (script: FunctionScript, direction: 'up' | 'down'): Promise<unknown> =>
      runScriptsOn(engine, connection, { scripts: [script], direction })
    const left = async (models: Models): Promise<unknown> => ({
      [engine.dialect.name]: kindChanges(engine, await current(engine, connection), {
        models,
        kind: null,
      }).map(summaryOf),
    })
    const nothing = { [engine.dialect.name]: [] }
    await run(toA, 'up')
    expect(await left(a)).toEqual(nothing)
    const before = canonical(engine, await current(engine, connection))
    await run(toB, 'up')
    expect(await left(b)).toEqual(nothing)
    await run(toB, 'down')
    expect(await left(a)).toEqual(nothing)
    expect(canonical(engine, await current(engine, connection))).toEqual(before)
    await run(toA, 'down')
    expect((await current(engine, connection)).tables.map(({ name }) => name)).toEqual([])
  }
}

/** Whether something changes that SQLite has no word for, so that a comparison there cannot find it. */
function isBlindTo(a: Models, b: Models): boolean {
  const [before, after] = [a, b].map((models) =>
    desiredBy(SQLITE, models).flatMap(({ table }) => {
      const canonical = sqlite.canonical(table)
      return table.columns.map((column, at) => ({
        name: `${table.name}.${column.name}`,
        column,
        canonical: canonical.columns[at],
      }))
    }),
  )
  return (before ?? []).some((one) => {
    const other = after?.find(({ name }) => name === one.name)
    return (
      other !== undefined &&
      isSame(one.canonical, other.canonical) &&
      !isSame(one.column, other.column)
    )
  })
}

/** The scripts that `migrate` writes for one after the other, each run before the next is written. */
async function writtenOnSqlite(models: readonly Models[]): Promise<readonly FunctionScript[]> {
  const connection = await openSqlite()
  try {
    const scripts: FunctionScript[] = []
    let recorded = EMPTY_SCHEMA
    for (const [at, wanted] of models.entries()) {
      const schema = await current(SQLITE, connection)
      const operations = kindChanges(SQLITE, schema, { models: wanted, kind: null })
      const script = await generateScript(
        { connection, dialect: sqlite },
        {
          operations,
          current: schema,
          recorded,
          desired: desiredBy(SQLITE, wanted),
          fills: [],
        },
        null,
      )
      const written = {
        id: `r${at}`,
        up: functionOf(bodyLines(script.up).lines),
        down: functionOf(bodyLines(script.down).lines),
      }
      await runScripts(connection, [written])
      // What the script made, in its own words: reading a script back is tested elsewhere.
      recorded = { ...EMPTY_SCHEMA, tables: desiredBy(SQLITE, wanted).map(({ table }) => table) }
      scripts.push(written)
    }
    return scripts
  } finally {
    await connection.close()
  }
}

async function current({ dialect }: Engine, connection: Connection): Promise<Schema> {
  const except = [TABLES.revisions, TABLES.log]
  return (await dialect.introspect(connection, { only: null, except })).schema
}

function canonical({ dialect }: Engine, { tables }: Schema): unknown {
  return tables
    .map((table) => sorted(dialect.canonical(table)))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}
