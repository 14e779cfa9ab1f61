/** A process that takes the lock of a database, for the tests of locks: `apply` or `hold`. */
import pg from 'pg'
import { postgres } from '../../src/dialects/postgres/index.js'

const [url, what] = process.argv.slice(2)
const connection = await postgres.connect(pg, {
  client: 'pg',
  connection: url,
  searchPath: [],
  readOnly: false,
  lockTimeout: 60_000,
  statementTimeout: null,
})
await postgres.frame.enter(connection)
await postgres.frame.begin(connection, 60_000)
if (what === 'hold') {
  await connection.execute('insert into applied values (99, 0)')
  process.send?.('holds')
  await connection.query('select pg_sleep(600)')
}
const done = await connection.query('select 1 from applied where id = 1')
if (done.length === 0) await connection.execute('insert into applied values (1, ?)', [process.pid])
await postgres.frame.commit(connection)
await postgres.frame.leave(connection)
await connection.close()
process.send?.(done.length === 0 ? 'applied' : 'nothing to do')
process.disconnect()
