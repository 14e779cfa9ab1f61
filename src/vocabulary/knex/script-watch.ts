/** Sees to it that a script has awaited all that it began: what goes on after its end is in no revision. */
import { setImmediate } from 'node:timers/promises'
import { MigrateError } from '../../errors.js'
import type { KnexRunner } from './knex-module.js'

/** A schema builder with the calls that were made on it. */
interface Unrun {
  readonly _sequence: readonly { readonly method: string; readonly args: readonly unknown[] }[]
}

export interface ScriptWatch {
  /**
   * Gives what a script gives.
   * @throws MigrateError `SCRIPT_NOT_AWAITED`, and whatever the script throws
   */
  watch<T>(script: () => Promise<T>): Promise<T>
  /** Runs something that the script began; after the script's end it neither runs nor settles. */
  begun<T>(what: string, run: () => Promise<T>): Promise<T>
  /** A schema builder that the script made. */
  made(builder: object): void
  /** A schema builder that is run or printed. */
  used(builder: object): void
}

interface Watched {
  readonly open: Set<{ readonly what: string }>
  readonly unused: Set<Unrun>
  isOver: boolean
  late: string | null
}

/** A watch over the scripts of one session, one script after the other. */
export function createWatch(): ScriptWatch {
  let current: Watched | null = null
  return {
    async watch(script) {
      const watched: Watched = { open: new Set(), unused: new Set(), isOver: false, late: null }
      current = watched
      try {
        const result = await script()
        const left = leftOpen(watched)
        watched.isOver = true
        // What follows a statement that was not awaited begins in this time.
        await setImmediate()
        const late = left ?? watched.late
        if (late !== null) throw notAwaited(late)
        return result
      } finally {
        watched.isOver = true
      }
    },
    async begun(what, run) {
      const watched = current
      if (watched === null) return await run()
      const isOver = (): boolean => watched.isOver
      if (isOver()) {
        watched.late ??= what
        return await never()
      }
      const self = { what }
      watched.open.add(self)
      const end = (): void => {
        watched.open.delete(self)
      }
      try {
        const result = await run()
        end()
        return isOver() ? await never() : result
      } catch (thrown) {
        end()
        // Nobody is there any more to hear of it, and Node ends a process for that.
        if (isOver()) return await never()
        throw thrown
      }
    },
    made: (builder) => {
      if (current?.isOver === false) current.unused.add(builder as Unrun) // Knex's schema builder
    },
    used: (builder) => {
      current?.unused.delete(builder as Unrun) // the one that was made
    },
  }
}

function leftOpen({ open, unused }: Watched): string | null {
  for (const { what } of open) return what
  for (const { _sequence } of unused) {
    const [call] = _sequence
    if (call !== undefined) return describeCalls([call])
  }
  return null
}

/** The runner of a builder, watched. */
export function watchedRunner(watch: ScriptWatch, runner: KnexRunner, what: string): KnexRunner {
  const run = runner.run.bind(runner)
  runner.run = () => watch.begun(what, run)
  return runner
}

/** How a message calls a schema builder: `alterTable users`. */
export function describeCalls(sequence: Unrun['_sequence']): string {
  const [call] = sequence
  if (call === undefined) return 'a schema call'
  const [name] = call.args
  return typeof name === 'string' ? `${call.method} ${name}` : call.method
}

function never(): Promise<never> {
  return new Promise(() => undefined)
}

function notAwaited(what: string): MigrateError {
  return new MigrateError('SCRIPT_NOT_AWAITED', 1, `it did not await ${what}`, {
    why: 'What a script does not await is not run, or after its end and outside of the revision.',
    fix: 'Await or return every statement, schema call and transaction.',
  })
}
