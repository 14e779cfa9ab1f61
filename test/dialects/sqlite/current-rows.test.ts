/** What is remembered of tables while a revision runs: always what the database itself would answer. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import type { Column } from '../../../src/schema/column.js'
import { PLAIN_COLUMN } from '../../support/schema-arbitraries.js'
import { carryOut, databaseWith, DRIVERS, tableIn } from '../../support/sqlite.js'

const NAMES = ['t0', 't1', 't2', 't3', 't4', 't5', 't6', 't7', 't8', 't9', 't10', 't11']

const BASE = NAMES.flatMap((name, i) => [
  `create table ${name} (id integer primary key, a text, up references ${NAMES[i - 1] ?? name} (id))`,
  `create index by_a_${name} on ${name} (a)`,
])

const WHOLE = { only: null, except: [] }

const steps = fc.array(
  fc.record({
    what: fc.constantFrom(
      'add',
      'rebuild',
      'drop',
      'create',
      'rename',
      'column',
      'raw',
      'back',
      'next',
      'look',
    ),
    place: fc.nat({ max: NAMES.length - 1 }),
    /** How many tables are looked at before: few are asked for one by one, many at once. */
    looks: fc.constantFrom(0, 1, 3, 12),
  }),
  { minLength: 1, maxLength: 14 },
)

type Step = typeof steps extends fc.Arbitrary<readonly (infer T)[]> ? T : never

async function operationOf(step: Step, at: number, connection: Connection): Promise<Operation> {
  const name = NAMES[step.place] ?? ''
  const fresh = `new_${at}`
  const there = await sqlite.introspectTable(connection, name)
  if (there === null) return { kind: 'createTable', table: await tableLike(connection, name) }
  switch (step.what) {
    case 'rebuild': {
      const from = there.columns.at(-1) ?? PLAIN_COLUMN
      const to: Column = { ...from, default: { kind: 'literal', value: at } }
      return { kind: 'alterColumn', table: name, from, to }
    }
    case 'drop':
      return { kind: 'dropTable', table: there }
    case 'create':
      return { kind: 'createTable', table: await tableLike(connection, fresh) }
    case 'rename':
      return { kind: 'renameTable', from: name, to: fresh }
    case 'column':
      return { kind: 'renameColumn', table: name, from: there.columns[1]?.name ?? '', to: fresh }
    default:
      return { kind: 'addColumn', table: name, column: { ...PLAIN_COLUMN, name: fresh } }
  }
}

async function tableLike(connection: Connection, name: string) {
  await connection.execute('create table pattern (id integer primary key, a text)')
  const table = await tableIn(connection, 'pattern')
  await connection.execute('drop table pattern')
  return { ...table, name }
}

/** Every table as it is remembered, held against one reading of the whole database. */
async function expectTrue(connection: Connection, names: readonly string[]): Promise<void> {
  const { schema } = await sqlite.introspect(connection, WHOLE)
  for (const name of names) {
    const live = schema.tables.find((table) => table.name === name) ?? null
    expect(await sqlite.introspectTable(connection, name)).toEqual(live)
  }
}

test.each(DRIVERS)(
  'a table is remembered as it is, whatever a revision does (%s)',
  async (driver) => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const connection = await databaseWith(BASE, driver)
        const { frame } = sqlite
        await frame.enter(connection)
        await frame.begin(connection, 0)
        await frame.savepoint(connection, 'revision')
        let guard = await frame.guard(connection)
        for (const [at, step] of list.entries()) {
          await expectTrue(connection, NAMES.slice(0, step.looks))
          if (step.what === 'raw') {
            await connection.execute(`create table untold_${at} (x)`)
            for (const statement of [
              `create table raw_${at} (x)`,
              `drop index if exists by_a_t${step.place}`,
            ]) {
              guard.raw(statement)
              await connection.execute(statement)
            }
          } else if (step.what === 'back') {
            await frame.rollbackTo(connection, 'revision')
            guard = await frame.guard(connection)
          } else if (step.what === 'next') {
            await guard.verify()
            await frame.release(connection, 'revision')
            await frame.savepoint(connection, 'revision')
            guard = await frame.guard(connection)
          } else if (step.what !== 'look') {
            const operation = await operationOf(step, at, connection)
            guard.named([operation])
            await carryOut(connection, [operation])
            guard.carriedOut?.()
          }
          await expectTrue(connection, [...NAMES, `new_${at}`, `untold_${at}`])
        }
        await frame.rollback(connection)
        await frame.leave(connection)
      }),
      { numRuns: 60 },
    )
  },
)

test('a revision that drops many tables does not read the whole catalog for each', async () => {
  const inner = await databaseWith(BASE)
  let reads = 0
  const connection: Connection = {
    ...inner,
    query: (sql, bindings) => {
      if (sql.includes('from sqlite_master')) reads += 1
      return inner.query(sql, bindings)
    },
  }
  const { frame } = sqlite
  await frame.enter(connection)
  await frame.begin(connection, 0)
  const guard = await frame.guard(connection)
  for (const name of NAMES.toReversed()) {
    const operation: Operation = { kind: 'dropTable', table: await tableIn(connection, name) }
    guard.named([operation])
    await carryOut(connection, [operation])
    guard.carriedOut?.()
  }
  await guard.verify()
  await frame.rollback(connection)
  await frame.leave(connection)
  expect(reads).toBeLessThan(NAMES.length)
})
