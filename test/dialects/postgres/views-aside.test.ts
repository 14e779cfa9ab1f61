/** A view that was put aside for a change is what it was: its rights, no more and no fewer, and what stands on it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection, Row } from '../../../src/dialects/connection.js'
import { postgres } from '../../../src/dialects/postgres/index.js'
import {
  carryOut,
  makePostgresDatabase,
  POSTGRES_SERVERS,
  type PostgresDatabase,
} from '../../support/postgres.js'

describe.each(POSTGRES_SERVERS)('%s', (server) => {
  let database: PostgresDatabase
  let connection: Connection

  beforeAll(async () => {
    database = await makePostgresDatabase(server)
    await database.exec(`create table users (id int, email varchar(20));
      create view plain as select email from users;
      create view shared as select email from plain;
      grant select on shared to public;
      create view closed as select email from users;
      revoke all on closed from current_user;
      create view readable as select email from users;
      revoke all on readable from current_user; grant select on readable to current_user;
      create rule still as on update to plain do instead nothing; comment on rule still on plain is 'a rule';
      create function filled() returns trigger language plpgsql as 'begin return null; end';
      create trigger fill instead of insert on plain for each row execute function filled(); comment on trigger fill on plain is 'a trigger';
      create materialized view kept as select email from users;
      create index by_email on kept (email); comment on index by_email is 'an index'; cluster kept using by_email;
      alter materialized view kept alter column email set statistics 50;
      alter default privileges grant select, insert on tables to public`)
    connection = await database.connect()
  })
  afterAll(() => database.drop())

  const rights = (): Promise<readonly Row[]> =>
    connection.query(
      `select c.relname, x.grantee, x.privilege_type, x.is_grantable
        from pg_class c cross join aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) x
        where c.relkind = 'v' and c.relnamespace = 'public'::regnamespace order by 1, 2, 3`,
    )

  const parts = (): Promise<readonly Row[]> =>
    connection.query(`select rulename as name, obj_description(oid, 'pg_rewrite') as said from pg_rewrite where rulename = 'still'
      union all select tgname, obj_description(oid, 'pg_trigger') from pg_trigger where not tgisinternal
      union all select indexrelid::regclass::text, concat(obj_description(indexrelid, 'pg_class'), indisclustered) from pg_index where indrelid = 'kept'::regclass
      union all select attname, attstattarget::text from pg_attribute where attrelid = 'kept'::regclass and attnum > 0`)

  test('whatever default privileges say by now', async () => {
    const before = [await rights(), await parts()]
    const table = await postgres.introspectTable(connection, 'users')
    const email = table?.columns.find(({ name }) => name === 'email')
    if (email === undefined) throw new Error('users has no email')
    const to = { ...email, type: { kind: 'string', length: 40 } } as const
    const ran = await carryOut(connection, [
      { kind: 'alterColumn', table: 'users', from: email, to },
    ])
    expect(ran.filter((sql) => sql.startsWith('create view'))).toHaveLength(4)
    expect([await rights(), await parts()]).toEqual(before)
  })
})
