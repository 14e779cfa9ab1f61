/** Knex's `pool.afterCreate`: what a project does with each connection before it is used. */
import type { ConnectionSettings } from '../dialects/connection.js'
import { MigrateError, messageOf } from '../errors.js'
import { isRecord } from './knexfile.js'
import type { ProjectDatabase } from './project.js'
import { maskSecrets } from './secrets.js'

/** Knex's own contract: the hook gets the driver's connection and says when it is done. */
type Hook = (handle: unknown, done: (error?: unknown) => void) => unknown

/** Knex's `acquireConnectionTimeout` where the configuration says nothing. */
const USUAL_TIMEOUT = 60_000

/**
 * The hook of the configuration as sessions run it; nothing where there is none.
 * What it throws is a MigrateError `CONNECT_AFTER_CREATE`, with the hook's own error as its cause.
 */
export function afterCreateOf({
  name,
  knexConfig,
}: ProjectDatabase): Pick<ConnectionSettings, 'afterCreate'> {
  const { pool, acquireConnectionTimeout } = knexConfig
  const hook = isRecord(pool) ? pool.afterCreate : undefined
  if (typeof hook !== 'function') return {}
  const timeout =
    typeof acquireConnectionTimeout === 'number' ? acquireConnectionTimeout : USUAL_TIMEOUT
  return {
    afterCreate: async (handle) => {
      try {
        await run(hook as Hook, handle, timeout)
      } catch (thrown) {
        throw failed(name, thrown)
      }
    },
  }
}

/** A hook that returns a promise may fail through it, too. */
function run(hook: Hook, handle: unknown, timeout: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`it did not call its second argument within ${timeout} ms`))
    }, timeout)
    const done = (error?: unknown): void => {
      clearTimeout(timer)
      if (error === undefined || error === null) resolve()
      else reject(error instanceof Error ? error : new Error(messageOf(error)))
    }
    Promise.resolve()
      .then(() => hook(handle, done))
      .catch(done)
  })
}

function failed(database: string, thrown: unknown): MigrateError {
  return new MigrateError(
    'CONNECT_AFTER_CREATE',
    1,
    `pool.afterCreate of database ${database} failed: ${maskSecrets(messageOf(thrown))}`,
    {
      why: 'The Knex configuration has it run on every connection before that is used.',
      fix: 'Correct it there; it must call its second argument when it is done.',
      state: 'Nothing ran.',
      cause: thrown,
    },
  )
}
