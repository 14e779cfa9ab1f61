/** Runs SQL on the server of a URL: node sql.mjs <url> <statement>... */
import mysql2 from 'mysql2/promise'
import pg from 'pg'

const [url = '', ...statements] = process.argv.slice(2)
if (url.startsWith('postgres')) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
} else {
  const connection = await mysql2.createConnection(url)
  for (const statement of statements) await connection.query(statement)
  await connection.end()
}
