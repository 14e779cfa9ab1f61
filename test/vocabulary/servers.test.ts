import knex from 'knex'
import { afterAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../src/dialects/connection.js'
import { mariadb } from '../../src/dialects/mariadb/index.js'
import { postgres } from '../../src/dialects/postgres/index.js'
import type { RawStatement } from '../../src/vocabulary/call.js'
import type { ScriptSession } from '../../src/vocabulary/client.js'
import { scriptKnex } from '../../src/vocabulary/client.js'
import { makeMariadbDatabase } from '../support/mariadb.js'
import { makePostgresDatabase } from '../support/postgres.js'

const SERVERS = [
  { client: 'pg', dialect: postgres, make: () => makePostgresDatabase('postgres-15') },
  { client: 'mysql2', dialect: mariadb, make: () => makeMariadbDatabase() },
]

describe.each(SERVERS)('on a real server, by $client', async ({ client, dialect, make }) => {
  const database = await make()
  afterAll(() => database.drop())

  interface Scripted {
    readonly connection: Connection
    readonly session: ScriptSession
    readonly statements: RawStatement[]
    readonly changes: number[]
  }

  async function scripted(): Promise<Scripted> {
    const connection = await database.connect()
    await connection.execute('drop table if exists notes')
    await connection.execute('create table notes (id int primary key, text varchar(50))')
    const statements: RawStatement[] = []
    const changes: number[] = []
    const session = scriptKnex({
      knexModule: knex,
      config: { client, connection: database.url },
      connection,
      frame: dialect.frame,
      onSchemaCall: async (call) => {
        if (call.kind !== 'table') return
        const before = await dialect.introspectTable(connection, call.table)
        for (const { sql } of await dialect.emit(connection, call.read(before))) {
          await connection.execute(sql)
        }
      },
      onStatement: (statement) => {
        statements.push(statement)
        return Promise.resolve('run')
      },
      afterStatement: (_, changed) => changes.push(changed),
    })
    return { connection, session, statements, changes }
  }

  /** As the runner does: the frame around the whole run, a transaction in it. */
  async function inRevision(scene: Scripted, work: () => Promise<unknown>): Promise<void> {
    await inFrame(scene, async () => {
      await dialect.frame.begin(scene.connection, 1000)
      await work()
      await dialect.frame.commit(scene.connection)
    })
  }

  async function inFrame({ connection }: Scripted, work: () => Promise<unknown>): Promise<void> {
    await dialect.frame.enter(connection)
    try {
      await work()
    } finally {
      await dialect.frame.leave(connection)
    }
  }

  test('schema calls, data and savepoints share one session', async () => {
    const scene = await scripted()
    const { session, connection, changes } = scene
    await inRevision(scene, () =>
      session.transaction(async (trx) => {
        await trx('notes').insert([
          { id: 1, text: `it's` },
          { id: 2, text: 'back\\slash' },
        ])
        const failing = trx.transaction(async (inner) => {
          await inner('notes').where({ id: 1 }).del()
          throw new Error('no')
        })
        await expect(failing).rejects.toThrow('no')
        await trx.schema.alterTable('notes', (table) => {
          table.integer('level').notNullable().defaultTo(3)
        })
        expect(await trx('notes').where({ id: 1 }).update({ level: 4 })).toBe(1)
        expect(await trx.schema.hasColumn('notes', 'level')).toBe(true)
      }),
    )
    expect(await connection.query('select * from notes order by id')).toEqual([
      { id: 1, text: `it's`, level: 4 },
      { id: 2, text: 'back\\slash', level: 3 },
    ])
    expect(changes.slice(0, 3)).toEqual([2, 1, 1])
  })

  test('a transaction of a script without one is real', async () => {
    const scene = await scripted()
    const { knex: script } = scene.session
    await inFrame(scene, async () => {
      const failing = script.transaction(async (trx) => {
        await trx('notes').insert({ id: 1, text: 'lost' })
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      await script.transaction(async (trx) => {
        await trx('notes').insert({ id: 2, text: 'kept' })
      })
    })
    expect(await scene.connection.query('select id from notes')).toEqual([{ id: 2 }])
  })

  test('a schema change inside a savepoint of a script does not upset its end', async () => {
    const scene = await scripted()
    await inRevision(scene, () =>
      scene.session.transaction(async (trx) => {
        await trx.transaction(async (inner) => {
          await inner('notes').insert({ id: 1, text: 'one' })
          await inner.schema.alterTable('notes', (table) => table.integer('level'))
        })
      }),
    )
    expect(await scene.connection.query('select level from notes')).toEqual([{ level: null }])
  })

  test('a statement as text gives what the driver gives with its bindings', async () => {
    const { session, connection, statements } = await scripted()
    const asText = client === 'pg' ? 'text' : 'char'
    const asBytes = client === 'pg' ? 'bytea' : 'binary'
    const asTime = client === 'pg' ? 'timestamptz' : 'datetime(3)'
    const select = `select cast(? as ${asText}) as a, cast(? as ${asBytes}) as b, cast(? as ${asTime}) as c`
    const date = new Date('2026-03-04T05:06:07.891Z')
    await session.knex.raw(select, [`it's \\ "so" ?\n`, Buffer.from([0, 1, 255]), date])
    const [statement] = statements
    const bound = await connection.query(select, [
      `it's \\ "so" ?\n`,
      Buffer.from([0, 1, 255]),
      date,
    ])
    expect(await connection.query(statement?.text ?? '')).toEqual(bound)
    expect(bound[0]?.a).toBe(`it's \\ "so" ?\n`)
  })
})
