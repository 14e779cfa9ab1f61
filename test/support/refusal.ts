/** What an action that must be refused says. */
import { MigrateError } from '../../src/errors.js'

/** The MigrateError that an action throws. @throws Error where it throws none */
export function refusal(act: () => unknown): MigrateError {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof MigrateError) return thrown
    throw thrown
  }
  throw new Error('It was not refused.')
}

/** The MigrateError that a promise is rejected with. @throws Error where it is not */
export async function rejection(promise: Promise<unknown>): Promise<MigrateError> {
  try {
    await promise
  } catch (thrown) {
    if (thrown instanceof MigrateError) return thrown
    throw thrown
  }
  throw new Error('It was not refused.')
}
