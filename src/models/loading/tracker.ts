/** Knows which module is being evaluated in the child, and tells the parent, which cannot ask a busy child. */
import { isPromise } from 'node:util/types'
import type { KnownBad, Progress } from '../messages.js'

/** Under this key of `globalThis` a bundle finds the tracker. */
export const TRACKER_KEY = 'migrate-tui.models.tracker'

/** A module that ended an earlier child, and is not evaluated again. */
export class KnownBadModule extends Error {
  readonly file: string

  constructor(file: string) {
    super(`${file} did not finish loading before`)
    this.name = 'KnownBadModule'
    this.file = file
  }
}

type Body = (...args: readonly unknown[]) => unknown

export interface Tracker {
  /** The innermost file being evaluated, or that of the class being described. */
  current(): string | null
  /**
   * Runs a module's body and remembers whether it threw.
   * @throws KnownBadModule instead of running what ended an earlier child; the first error again where
   * the module has already thrown
   */
  evaluate<T>(file: string, surely: boolean, body: () => T): T
  /** Runs `body` under that name, and until its promise is settled, if it gives one. */
  watch<T>(progress: Progress, body: () => T): T
  /** Whether describing a class ended an earlier child. */
  isKnownBad(file: string, model: string): boolean
  /** The file whose own body threw this; null where that is not known. */
  culpritOf(thrown: unknown): string | null
  /** Names that file where it is not known yet; gives `thrown` back. */
  blame<T>(thrown: T, file: string): T
  /** Says that nothing of the project's is being run any more. */
  rest(): void
  /** What a bundle wraps its modules in: the same object, its one function tracked under its key. */
  wrap(modules: Readonly<Record<string, Body>>): Readonly<Record<string, Body>>
}

const NOTHING: Progress = { file: null, model: null, surely: true }

/** A tracker that hands every change to `report`. */
export function createTracker(
  knownBad: readonly KnownBad[],
  report: (progress: Progress) => void,
): Tracker {
  const badFiles = new Set(knownBad.filter(({ model }) => model === null).map(({ file }) => file))
  const badModels = new Set(knownBad.map(({ file, model }) => `${file}\n${model ?? ''}`))
  const open: Progress[] = []
  const thrownBy = new Map<string, unknown>()
  const culprits = new Map<unknown, string>()

  const tell = (): void => {
    report(open.at(-1) ?? NOTHING)
  }
  const enter = (progress: Progress): (() => void) => {
    open.push(progress)
    tell()
    return () => {
      // Not a pop: modules with top-level await that import several such modules evaluate side by side.
      open.splice(open.lastIndexOf(progress), 1)
      // The next file of many follows at once, and would be told anyway.
      if (open.length > 0) tell()
    }
  }
  const watch = <T>(progress: Progress, body: () => T, failed?: (thrown: unknown) => void): T => {
    const leave = enter(progress)
    let waiting = false
    try {
      const result = body()
      if (isPromise(result)) {
        waiting = true
        result.then(leave, (thrown: unknown) => {
          failed?.(thrown)
          leave()
        })
      }
      return result
    } catch (thrown) {
      failed?.(thrown)
      throw thrown
    } finally {
      if (!waiting) leave()
    }
  }
  const blame = <T>(thrown: T, file: string): T => {
    // Not for `throw 'text'`: the same text may come from elsewhere.
    if (typeof thrown === 'object' && thrown !== null && !culprits.has(thrown)) {
      culprits.set(thrown, file)
    }
    return thrown
  }
  const evaluate = <T>(file: string, surely: boolean, body: () => T): T => {
    if (badFiles.has(file)) throw new KnownBadModule(file)
    if (thrownBy.has(file)) throw thrownBy.get(file)
    return watch({ file, model: null, surely }, body, (thrown) => {
      thrownBy.set(file, thrown)
      blame(thrown, file)
    })
  }

  return {
    current: () => open.at(-1)?.file ?? null,
    evaluate,
    watch,
    isKnownBad: (file, model) => badModels.has(`${file}\n${model}`),
    culpritOf: (thrown) => culprits.get(thrown) ?? null,
    blame,
    rest: () => {
      report(NOTHING)
    },
    wrap: (modules) =>
      Object.fromEntries(
        Object.entries(modules).map(([file, body]) => [
          file,
          (...args: readonly unknown[]) => evaluate(file, true, () => body(...args)),
        ]),
      ),
  }
}
