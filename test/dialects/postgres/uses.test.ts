/** What the server keeps from being dropped or retyped is refused on a sketch too, and nothing else is. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import { messageOf } from '../../../src/errors.js'
import type { Operation } from '../../../src/operations/operation.js'
import { tableOf } from '../../../src/operations/operation.js'
import { objectName } from '../../../src/operations/summary.js'
import type { ColumnType } from '../../../src/schema/column.js'
import {
  carryOut,
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'

/** Everything that may use a table, each on columns of its own where it can be. */
const DATABASE = `
create schema app;
create table users (id serial primary key, email text unique, name text, mood text, age int, city text, zip text, free text,
  code text, nick text, title text, plain text);
create unique index by_code on users (code);
create table orders (id int primary key default nextval('users_id_seq'), user_id int references users (id),
  email text references users (email), code text references users (code), parent_id int references orders (id));
create view emails as select email from users;
create view more as select email from emails;
create materialized view names as select name from users;
create view by_key as select id, plain from users group by id;
create table log (line text, free text);
create rule noted as on insert to log do also update users set zip = 'x' where zip = new.line;
create rule kept as on delete to users do instead update users set city = 'gone' where id = old.id;
create function oldest() returns int language sql begin atomic select max(age) from users; end;
create function taken(users) returns int language sql as 'select 1';
create view titles as select title from users;
create function all_titles() returns setof titles language sql as 'select * from titles';
create table notes (body text, nick text); alter table notes enable row level security;
create policy own on notes using (body in (select nick from users));
create policy good on users using (mood = 'a');
create function touched() returns trigger language plpgsql as 'begin return new; end';
create trigger touch before update of nick on notes for each row execute function touched();
create table people (first text, other text, joined text generated always as (first || '!') stored); create view joins as select joined from people;
create rule later as on update to log do also select joined from joins;
create type pair as (one orders);
create table app.far (near text); create view app.seen as select near from app.far;
create table told (a int, b int, c int); create publication news for table told (a) where (b > 1);
create table alone (a int primary key, b text unique, c text); create index on alone (c); alter table alone add check (b <> c);
`

const SHORT: ColumnType = { kind: 'string', length: 90 }
const LARGE: ColumnType = { kind: 'bigInteger', unsigned: false }

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    await database.exec(DATABASE)
    connection = await database.connect()
  })
  afterAll(() => database.drop())

  /** The message of what an operation is refused with; null where it is carried out. */
  const refusalOf = async (on: Connection, operation: Operation): Promise<string | null> => {
    try {
      await carryOut(on, [operation])
      return null
    } catch (thrown) {
      return messageOf(thrown)
    }
  }

  const onServer = async (operation: Operation): Promise<string | null> => {
    await postgres.frame.begin(connection, 1000)
    try {
      return await refusalOf(connection, operation)
    } finally {
      await postgres.frame.rollback(connection)
    }
  }

  const onSketch = async (operation: Operation): Promise<string | null> => {
    const shadow = await postgres.shadow(pg, connection)
    try {
      return await refusalOf(shadow.connection, operation)
    } finally {
      await shadow.close()
    }
  }

  /** Every drop, and another type for every column. */
  const everything = async (): Promise<readonly Operation[]> => {
    const scope = { only: null, except: [], schemas: ['app'] }
    const { schema } = await postgres.introspect(connection, scope)
    return schema.tables.flatMap((table): readonly Operation[] => {
      const of = { table: table.name }
      const key = table.primaryKey
      const plain = table.columns.filter(({ type }) => type.kind !== 'increments')
      return [
        { kind: 'dropTable', table },
        // What is computed from a column is dropped before it.
        ...table.columns
          .filter(({ name }) => name !== 'first')
          .map((column): Operation => ({ kind: 'dropColumn', ...of, column })),
        ...plain.map((column): Operation => {
          const to = { ...column, type: column.type.kind === 'text' ? SHORT : LARGE }
          return { kind: 'alterColumn', ...of, from: column, to }
        }),
        ...table.uniques.map((unique): Operation => ({ kind: 'dropUnique', ...of, unique })),
        ...table.indexes.map((index): Operation => ({ kind: 'dropIndex', ...of, index })),
        ...(key === null ? [] : [{ kind: 'alterPrimaryKey', ...of, from: key, to: null } as const]),
      ]
    })
  }

  test('each drop and each new type, one by one', async () => {
    const operations = await everything()
    const verdicts: (readonly [string, boolean])[] = []
    const foreseen: typeof verdicts = []
    for (const operation of operations) {
      const what = `${operation.kind} ${tableOf(operation) ?? ''} ${objectName(operation)}`
      verdicts.push([what, (await onServer(operation)) === null])
      foreseen.push([what, (await onSketch(operation)) === null])
    }
    expect(foreseen).toEqual(verdicts)
    expect(verdicts.filter(([, isDone]) => !isDone).length).toBeGreaterThan(25)
  }, 60_000)

  test('who uses it is said, in the words of who made it', async () => {
    const dropOf = async (table: string, name: string): Promise<string | null> => {
      const live = await postgres.introspectTable(connection, table)
      const column = live?.columns.find((each) => each.name === name)
      return column === undefined ? null : onSketch({ kind: 'dropColumn', table, column })
    }
    expect(await dropOf('users', 'email')).toBe(
      'users.email cannot be dropped: foreign key orders_email_fkey on orders, view emails use it.',
    )
    expect(await dropOf('users', 'age')).toBe(
      'users.age cannot be dropped: function oldest() uses it.',
    )
    expect(await dropOf('app.far', 'near')).toBe(
      'app.far.near cannot be dropped: view app.seen uses it.',
    )
  })
})
