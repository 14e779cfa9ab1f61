/** What PostgreSQL's statements are on a database as a test has set it up. */
import type { Connection } from '../../src/dialects/connection.js'
import { postgres } from '../../src/dialects/postgres/index.js'
import type { Operation } from '../../src/operations/operation.js'

/** Works in a transaction in which statements have set the database up, and which is rolled back. */
export async function afterStatements(
  connection: Connection,
  setUp: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  await connection.execute('begin')
  try {
    for (const sql of setUp) await connection.execute(sql)
    await work()
  } finally {
    await connection.execute('rollback')
  }
}

/** The texts of the statements that carry operations out. */
export async function emittedTexts(
  connection: Connection,
  operations: readonly Operation[],
): Promise<readonly string[]> {
  return (await postgres.emit(connection, operations)).map(({ sql }) => sql)
}
