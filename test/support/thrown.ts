/** What a call throws, for tests that look into an error. */
import { MigrateError } from '../../src/errors.js'

/** The MigrateError that the call ends with. */
export async function migrateErrorOf(call: () => unknown): Promise<MigrateError> {
  try {
    await call()
  } catch (thrown) {
    if (thrown instanceof MigrateError) return thrown
    throw thrown
  }
  throw new Error('Nothing was thrown.')
}
