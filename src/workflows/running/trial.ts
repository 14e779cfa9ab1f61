/** A copy of the database's structure on which changes are tried one after another. */
import { executeAll } from '../../plan/execute.js'
import type { MigrateError } from '../../errors.js'
import { messageOf } from '../../errors.js'
import type { Operation } from '../../operations/operation.js'
import { openShadow } from '../../project/connection.js'
import type { Session } from '../session.js'

export interface Trial {
  /** Carries operations out. @throws what `refusal` makes of the first that the engine refuses */
  carryOut(
    operations: readonly Operation[],
    refusal: (operation: Operation, reason: string) => MigrateError,
  ): Promise<void>
  close(): Promise<void>
}

/** A copy of what the session's database holds, without its rows. */
export async function trialOf({ dialect, database, connection }: Session): Promise<Trial> {
  const shadow = await openShadow(database, connection)
  const run = async (operation: Operation): Promise<void> => {
    const { connection } = shadow
    await executeAll({ dialect, connection }, await dialect.emit(connection, [operation]))
  }
  try {
    await dialect.frame.enter(shadow.connection)
  } catch (thrown) {
    await shadow.close()
    throw thrown
  }
  return {
    async carryOut(operations, refusal) {
      for (const operation of operations) {
        try {
          await run(operation)
        } catch (thrown) {
          throw refusal(operation, messageOf(thrown))
        }
      }
    },
    close: () => shadow.close(),
  }
}
