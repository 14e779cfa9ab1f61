/** Expressions as people write them and as the server prints them are one: by rules, else by the server itself. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import type { Column, ColumnType } from '../../../src/schema/column.js'
import type { Table } from '../../../src/schema/table.js'
import {
  inOrder,
  liveTable,
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../../support/schema-arbitraries.js'

const native = (name: string, text: string): Column => ({
  ...PLAIN_COLUMN,
  name,
  type: { kind: 'native', text },
})
const plain = (name: string, type: ColumnType): Column => ({ ...PLAIN_COLUMN, name, type })

const BASE: Table = {
  ...EMPTY_TABLE,
  columns: [
    plain('id', { kind: 'increments' }),
    plain('a', { kind: 'string', length: 20 }),
    plain('b', { kind: 'text', size: 'text' }),
    plain('c', { kind: 'decimal', precision: 10, scale: 2, unsigned: false }),
    plain('d', { kind: 'timestamp', tz: true, precision: null }),
    plain('day', { kind: 'date' }),
    plain('e', { kind: 'jsonb' }),
    plain('f', { kind: 'integer', unsigned: false }),
    plain('g', { kind: 'bigInteger', unsigned: false }),
    plain('n', { kind: 'boolean' }),
    plain('v', { kind: 'float', precision: null, scale: null, unsigned: false }),
    native('u', 'float8'),
    native('l', 'char(5)'),
    native('r', 'int[]'),
    plain('s', { kind: 'timestamp', tz: false, precision: null }),
    plain('j', { kind: 'time', precision: null }),
    plain('Odd "x"', { kind: 'integer', unsigned: false }),
    plain('h', { kind: 'enum', values: ['a', 'b'], native: 'mood' }),
  ],
  primaryKey: { name: null, columns: ['id'] },
}

/** Conditions that the rules know in both forms. */
const BY_RULES = [
  `c > 0 and c < 100 and c <> 7`,
  `((c) > (0))`,
  `a like 'x%' or not (f between 1 and 5)`,
  `a in ('p', 'q') and length(a) > 2`,
  `b in ('p', 'q') or b is null`,
  `f not in (1,2,3)`,
  `f in (g, 1)`,
  `f in (g, 1, 2)`,
  `f is not null and coalesce(g, 0) != 3`,
  `lower(a) = b or upper(b) ~ '^x'`,
  `a || b <> 'zz'`,
  `d > now()`,
  `d < current_timestamp`,
  `day >= date '2020-01-01' and day < '2021-01-01'::date`,
  `day >= '2020-01-01'`,
  `d >= '2020-01-01'`,
  `d > '2020-01-01 10:00+02'`,
  `extract(year from day) > 2000`,
  `(e->>'q') is not null`,
  `e @> '{"b": 1, "a": [2]}'`,
  `e ? 'key'`,
  `jsonb_typeof(e) = 'object'`,
  `case when f > 0 then a = 'x' else b = 'y' end`,
  `case when f > 0 then a end = 'x'`,
  `n`,
  `not n and (n or f > 1)`,
  `n = true and n is not false`,
  `h = 'a' or h in ('a', 'b')`,
  `g > f * 2 - 1`,
  `c > f and v < c`,
  `u > 0.5 and v > 1.50`,
  `l = 'abc'`,
  `d at time zone 'UTC' > s`,
  `j is distinct from '10:00'`,
  `a ilike 'x' and a not like 'y' and b not ilike 'z'`,
  `f > -1 and f < +3`,
  `char_length(b) = 3 and position('a' in b) > 0`,
  `substring(b from 1 for 2) = 'x' and trim(b) <> ''`,
  `r[1] = 1 and 1 = any(r)`,
  `s + interval '1 day' > s`,
  `mod(f, 2) = 0 and f % 2 = 0`,
  `abs(f) > 1.5`,
  `cast(f as text) = '1'`,
  `a::int > 3 and f::text = '1'`,
  `b is null or b <> ''`,
  `num_nonnulls(a, b) = 1`,
  `(a is null) = (b is null)`,
  `f <> all (array[1, 2])`,
  `row(f, g) < row(1, 2)`,
  `(f, g) < (1, 2)`,
  `"Odd ""x""" > 3 and t."f" > 1`,
  `a = 'it''s' and b = E'back\\\\slash'`,
  `f > 1e3`,
  `left(b, 1) = any ('{a,b}')`,
  `b < 'c' collate "C"`,
  `a isnull or b notnull`,
  `exp(u) > 3 and (f & 3) = 1 and f << 2 > 1`,
  `f > 1 -- said
   and f < 9`,
]

/** Conditions that only the server itself can tell to be the same. */
const BY_SERVER = [`f between symmetric 3 and 1`, `a similar to 'x'`, `c / f > 1`]

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    await database.exec(`create type mood as enum ('a', 'b')`)
    connection = await database.connect()
  })
  afterAll(() => database.drop())

  const withChecks = (conditions: readonly string[]): Table => ({
    ...BASE,
    checks: conditions.map((sql, i) => ({ name: `check ${i}`, sql })),
    indexes: conditions.slice(0, 2).map((where, i) => ({
      name: `index ${i}`,
      unique: false,
      parts: [
        {
          on: { sql: 'lower(a)' },
          order: 'asc',
          nulls: null,
          collation: null,
          opclass: null,
          prefix: null,
        },
      ],
      where,
      method: null,
      include: [],
      nullsNotDistinct: false,
    })),
  })

  async function created(table: Table): Promise<Table> {
    await connection.execute('begin')
    try {
      for (const { sql } of await postgres.emit(connection, [{ kind: 'createTable', table }])) {
        await connection.execute(sql)
      }
      const live = await liveTable(connection, table.name)
      if (live === null) throw new Error('it is not there')
      return postgres.canonical(live)
    } finally {
      await connection.execute('rollback')
    }
  }

  test('the rules know what the server prints', async () => {
    const table = withChecks(BY_RULES)
    expect(inOrder(await created(table))).toEqual(inOrder(postgres.canonical(table)))
  })

  test('the server settles what the rules cannot, and leaves nothing behind', async () => {
    const table = withChecks(BY_SERVER)
    const live = await created(table)
    const unlike = live.checks.filter(
      ({ sql }, i) => sql !== postgres.canonical(table).checks[i]?.sql,
    )
    expect(unlike).toHaveLength(BY_SERVER.length)
    const settled = (await postgres.settle?.(connection, [table, withChecks(BY_RULES)])) ?? []
    expect(settled.map(inOrder)).toEqual([
      inOrder(live),
      inOrder(postgres.canonical(withChecks(BY_RULES))),
    ])
    const { rows } = await database.exec(
      `select nspname from pg_namespace where nspname like 'migrate%' union all select relname from pg_class where relname ~ '^table_[0-9]'
       union all select typname from pg_type where typname ~ '^enum_[0-9]'`,
    )
    expect(rows).toEqual([])
  })

  test('expressions that differ stay different', () => {
    const pairs = [
      ['f / g > 1', 'f::numeric / g > 1'],
      ['a::date > day', 'a > day'],
      ['f::text = a', 'f = a'],
      ["(e ->> 'a')::int > 1", "(e ->> 'a') > 1"],
      ['f = 1 and g = 2 or c = 3', 'f = 1 and (g = 2 or c = 3)'],
      ["b in ('a', 'b')", "b in ('b', 'a')"],
      ['f - (g - 1) > 0', 'f - g - 1 > 0'],
      ["'null' = b", 'null = b'],
    ] as const
    for (const [one, other] of pairs) {
      const [a, b] = [withChecks([one]), withChecks([other])].map(
        (table) => postgres.canonical(table).checks,
      )
      expect(a).not.toEqual(b)
    }
  })
})
