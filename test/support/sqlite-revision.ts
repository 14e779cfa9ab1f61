/** One revision in the frame, as the runner performs it. */
import type { Connection } from '../../src/dialects/connection.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import type { Operation } from '../../src/operations/operation.js'
import { run } from './sqlite.js'

/** `silent` runs without the guard being told. */
export type Step =
  | string
  | { readonly silent: string }
  | ((connection: Connection) => readonly Operation[] | Promise<readonly Operation[]>)

/** Runs one revision in the frame: schema calls as the runner carries them out, raw statements as they are. */
export async function revision(connection: Connection, steps: readonly Step[]): Promise<void> {
  const { frame } = sqlite
  await frame.savepoint(connection, 'revision')
  try {
    const guard = await frame.guard(connection)
    for (const step of steps) {
      if (typeof step === 'object') {
        await connection.execute(step.silent)
        continue
      }
      if (typeof step === 'string') {
        guard.raw(step)
        await connection.execute(step)
        continue
      }
      const operations = await step(connection)
      guard.named(operations)
      await run(
        connection,
        (await sqlite.emit(connection, operations)).map((each) => each.sql),
      )
    }
    await guard.verify()
    await frame.release(connection, 'revision')
  } catch (thrown) {
    await frame.rollbackTo(connection, 'revision')
    await frame.release(connection, 'revision')
    throw thrown
  }
}
