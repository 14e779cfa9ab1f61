/** Keeps the process from ending inside the project's code: not by its word, and not for want of work. */
import { MigrateError } from '../errors.js'

/** Code of the project that is running. */
interface Running {
  /** Who it is, as the subject of a message. */
  readonly who: string
  /** That it called `process.exit`, also where it caught what that threw. */
  exit: MigrateError | null
  reject: (reason: MigrateError) => void
}

const running: Running[] = []

/**
 * From now on guarded code cannot end the process. Gives what still can. Where nobody calls this,
 * `guarded` only runs: a process that works for another may die, and be told of.
 */
export function keepProcess(): typeof process.exit {
  const exit = process.exit.bind(process)
  process.exit = (code) => {
    const inner = running.at(-1)
    if (inner === undefined) return exit(code)
    inner.exit = exitCalled(inner.who, `process.exit(${code ?? ''})`)
    throw inner.exit
  }
  process.on('beforeExit', () => {
    const inner = running.at(-1)
    if (inner === undefined) return
    // The loop goes on only for something that is to come.
    setImmediate(() => {
      inner.reject(neverEnded(inner.who))
    })
  })
  return exit
}

/**
 * What the code gives.
 * @throws MigrateError `SCRIPT_EXITS` where it calls `process.exit`, `SCRIPT_NEVER_ENDS` where it
 * waits for what cannot come: nothing is left that could wake it
 */
export async function guarded<T>(who: string, run: () => Promise<T>): Promise<T> {
  const self: Running = { who, exit: null, reject: () => undefined }
  running.push(self)
  try {
    const drained = new Promise<never>((_, reject) => {
      self.reject = reject
    })
    const result = await Promise.race([run(), drained])
    if (self.exit !== null) throw self.exit
    return result
  } catch (thrown) {
    throw self.exit ?? thrown
  } finally {
    running.splice(running.indexOf(self), 1)
  }
}

function exitCalled(who: string, call: string): MigrateError {
  return new MigrateError('SCRIPT_EXITS', 1, `${who} called ${call}`, {
    why: 'That would end the whole run, and look like its success.',
    fix: 'Throw an Error that says what is wrong, or return.',
  })
}

function neverEnded(who: string): MigrateError {
  return new MigrateError('SCRIPT_NEVER_ENDS', 1, `${who} never ended`, {
    why: 'It awaits a promise that nothing is left to settle.',
    fix: 'Look for a promise that is never resolved, or a stream or callback that never comes.',
  })
}
