/** One of several processes that run on one MariaDB: takes the lock, works under it, lets go. */
import { setTimeout as sleep } from 'node:timers/promises'
import mysql2 from 'mysql2'
import { mariadb } from '../../src/dialects/mariadb/index.js'

const [url = '', task = ''] = process.argv.slice(2)

const connection = await mariadb.connect(mysql2, {
  client: 'mysql2',
  connection: url,
  searchPath: [],
  readOnly: false,
  lockTimeout: 30_000,
  statementTimeout: null,
})
await mariadb.frame.enter(connection)
await mariadb.frame.begin(connection, 30_000)
if (task === 'hold') {
  process.stdout.write('held\n')
  await sleep(60_000)
}
// Only one of them finds the table missing; where two were here at once, the count would show it.
if (!(await mariadb.listTables(connection)).includes('work')) {
  await connection.execute('create table work (done int not null, inside int not null)')
  await connection.execute('insert into work values (0, 0)')
}
await connection.execute('update work set inside = inside + 1')
await connection.execute('commit')
await sleep(20)
const [row] = await connection.query('select inside from work')
await connection.execute('update work set done = done + 1, inside = inside - 1')
await mariadb.frame.commit(connection)
await mariadb.frame.leave(connection)
await connection.close()
process.stdout.write(`inside ${String(row?.inside)}\n`)
