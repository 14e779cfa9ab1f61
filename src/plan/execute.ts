/** Executing what a dialect emits. */
import type { Connection } from '../dialects/connection.js'
import type { Dialect, Statement } from '../dialects/dialect.js'

/** Where statements are executed, and who hears of them. */
export interface Executing {
  readonly dialect: Pick<Dialect, 'frame'>
  readonly connection: Connection
  /** Before a statement runs; `isQuick` where it is about a table without rows. */
  onStatement?(sql: string, isQuick: boolean): void
  /** After a statement was carried out. */
  onDone?(sql: string): void
}

/**
 * Executes the statements of one schema call in order: where one has a faster way, that; where that is
 * refused, the statements themselves after all.
 */
export async function executeAll(at: Executing, statements: readonly Statement[]): Promise<void> {
  let isDone = false
  for (const { sql, instead } of statements) {
    // Only a table without rows is made anew instead.
    at.onStatement?.(sql, instead !== undefined)
    if (instead === undefined) isDone = false
    else if (instead.length > 0) isDone = await attempt(at, instead)
    if (!isDone) await at.connection.execute(sql)
    at.onDone?.(sql)
  }
}

/** Whether all of the statements ran; else none did. */
async function attempt(
  { dialect: { frame }, connection }: Executing,
  statements: readonly string[],
): Promise<boolean> {
  await frame.savepoint(connection, SAVEPOINT)
  try {
    for (const sql of statements) await connection.execute(sql)
  } catch (thrown) {
    if (await isTakenBack({ frame, connection }, SAVEPOINT)) return false
    throw thrown
  }
  await frame.release(connection, SAVEPOINT)
  return true
}

const SAVEPOINT = 'migrate_tui_instead'

/** Runs work of which nothing stays where it fails. */
export async function allOrNothing(
  at: Framed,
  savepoint: string,
  work: () => Promise<void>,
): Promise<void> {
  await at.frame.savepoint(at.connection, savepoint)
  try {
    await work()
  } catch (thrown) {
    await isTakenBack(at, savepoint)
    throw thrown
  }
  await at.frame.release(at.connection, savepoint)
}

interface Framed extends Pick<Dialect, 'frame'> {
  readonly connection: Connection
}

/** False where the engine ended the transaction by itself (a full disk): there is no savepoint any more. */
async function isTakenBack({ frame, connection }: Framed, savepoint: string): Promise<boolean> {
  try {
    await frame.rollbackTo(connection, savepoint)
    await frame.release(connection, savepoint)
    return true
  } catch {
    return false
  }
}
