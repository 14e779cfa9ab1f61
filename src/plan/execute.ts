/** Carrying out what a dialect emits. */
import type { Connection, Dialect, Statement } from '../dialects/dialect.js'

/** Executes a statement, or what stands in its place; where one of them fails the others stay. */
export async function executeParts(
  connection: Connection,
  { sql, instead }: Statement,
): Promise<void> {
  for (const each of instead ?? [sql]) await connection.execute(each)
}

/** Executes a statement, or all of what stands in its place; of which nothing stays where one fails. */
export async function executeStatement(
  { frame }: Pick<Dialect, 'frame'>,
  connection: Connection,
  statement: Statement,
): Promise<void> {
  const { instead = [] } = statement
  if (instead.length < 2) {
    await executeParts(connection, statement)
    return
  }
  await allOrNothing({ frame, connection }, 'migrate_tui_instead', () =>
    executeParts(connection, statement),
  )
}

/** Runs work of which nothing stays where it fails. */
export async function allOrNothing(
  { frame, connection }: Pick<Dialect, 'frame'> & { readonly connection: Connection },
  savepoint: string,
  work: () => Promise<void>,
): Promise<void> {
  await frame.savepoint(connection, savepoint)
  try {
    await work()
  } catch (thrown) {
    // Where the engine ended the transaction by itself (a full disk) there is no savepoint any more.
    await frame
      .rollbackTo(connection, savepoint)
      .then(() => frame.release(connection, savepoint))
      .catch(() => undefined)
    throw thrown
  }
  await frame.release(connection, savepoint)
}
