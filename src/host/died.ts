/** What is known when a host ended in the middle of its calls. */
import type { RunEvent } from '../workflows/io.js'
import type { CallName, HostFailure } from './calls.js'

/** What a call had told before its host ended. */
export interface Told {
  readonly name: CallName
  /** Null where it had not begun: the project was not loaded yet. */
  readonly takesBack: boolean | null
  /** The revision that was running; null where none was. */
  readonly running: string | null
  /** The revisions of the run that were done. */
  readonly finished: readonly string[]
}

/** What a call has told after another event. */
export function toldMore(told: Told, event: RunEvent): Told {
  switch (event.kind) {
    case 'stepStarted':
      return { ...told, running: event.revision }
    case 'stepFinished':
      return { ...told, running: null, finished: [...told.finished, event.revision] }
    case 'stepFailed':
      return { ...told, running: null }
    default:
      return told
  }
}

/** How a host ended: `exit code 3`, `SIGKILL`; and the last that it printed, without secrets. */
export interface Ending {
  readonly how: string
  readonly output: string
}

/** The failure of a call whose host ended before it answered. */
export function hostDied(told: Told, { how, output }: Ending): HostFailure {
  const { name, running, finished } = told
  return {
    code: 'HOST_DIED',
    exit: 1,
    message: `The process that works for the screens ended (${how}) before it answered.`,
    why: 'Models, scripts and the database driver run in it: a call of process.exit, a crash, or somebody ended it.',
    fix: 'Look again: a new process is started for the next call.',
    state: stateAfter(told),
    details: { call: name, how, output, running, finished },
  }
}

const WRITERS: ReadonlySet<CallName> = new Set(['write', 'merge', 'revision'])

function stateAfter(told: Told): string {
  const { name, takesBack } = told
  if (WRITERS.has(name)) {
    return 'The database was not touched; a script may have been written: look into the migrations.'
  }
  if (name === 'backUp') return 'The database was not changed; the copy may not be whole.'
  if (name !== 'run' && name !== 'stamp') return 'It only looked: nothing was changed.'
  if (takesBack === null) return 'It had not begun: the database is as it was.'
  if (name === 'stamp') return 'The history is as it was, or stamped whole.'
  return afterRun(told)
}

function afterRun({ takesBack, running, finished }: Told): string {
  if (running === null && finished.length === 0) {
    return 'No revision was running: the database is as it was.'
  }
  const one = running ?? 'what was running'
  const done = finished.length === 0 ? '' : ` Done before: ${finished.join(', ')}.`
  return takesBack === true
    ? `What was not committed is rolled back: ${one} does not stand, unless it runs outside a transaction.${done} The history says what stands.`
    : `Each statement commits itself on this engine: ${one} may stand in the middle.${done} Compare its script with the database before it runs again.`
}
