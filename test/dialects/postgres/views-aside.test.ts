/** A view that was put aside for a change has the rights that it had, no more and no fewer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection, Row } from '../../../src/dialects/dialect.js'
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

  test('whatever default privileges say by now', async () => {
    const before = await rights()
    const table = await postgres.introspectTable(connection, 'users')
    const email = table?.columns.find(({ name }) => name === 'email')
    if (email === undefined) throw new Error('users has no email')
    const to = { ...email, type: { kind: 'string', length: 40 } } as const
    const ran = await carryOut(connection, [
      { kind: 'alterColumn', table: 'users', from: email, to },
    ])
    expect(ran.filter((sql) => sql.startsWith('create view'))).toHaveLength(4)
    expect(await rights()).toEqual(before)
  })
})
