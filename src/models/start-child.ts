/** Starts the processes that load models; one may be started before it is known what to ask it. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync } from 'node:fs'
import { MigrateError, messageOf } from '../errors.js'
import { openSharedFile, writeLine } from '../shared-file.js'

export interface StartedChild {
  readonly child: ChildProcess
  /** Our own number of the file that is shared with it; to be closed by who took the child. */
  readonly shared: number
  /** The environment that it began with; null where that is the one of now. */
  readonly environment: Readonly<NodeJS.ProcessEnv> | null
}

interface EarlyChild extends StartedChild {
  readonly childPath: string
}

let early: EarlyChild | null = null

/** Starts the next child now: Node boots while the command still looks for its project. */
export function startEarly(childPath: string): void {
  try {
    early ??= { childPath, ...start(childPath), environment: { ...process.env } }
  } catch {
    // Whoever needs the child starts one, and tells why that fails.
  }
}

/** The child that was started early, if it still waits for its question, or a new one. */
export function startChild(childPath: string): StartedChild {
  const waiting = early
  early = null
  if (waiting?.childPath === childPath && waiting.child.connected) return waiting
  if (waiting !== null) end(waiting)
  return { ...start(childPath), environment: null }
}

/** Ends a child and closes what was shared with it. */
export function end({ child, shared }: StartedChild): void {
  child.kill('SIGKILL')
  closeSync(shared)
}

function start(childPath: string): Pick<StartedChild, 'child' | 'shared'> {
  const shared = sharedFile()
  const child = fork(childPath, [], {
    // Not our own: a debugger's port would be taken twice. Models live long: a larger space for young
    // objects would only have them copied there.
    execArgv: ['--max-semi-space-size=2'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', shared],
  })
  const endWithUs = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  return { child, shared }
}

function sharedFile(): number {
  try {
    // Its first page is there from now on: a disk that becomes full cannot stop what is told later.
    return openSharedFile((file) => {
      writeLine(file, '')
    })
  } catch (thrown) {
    throw new MigrateError('MODELS_UNREADABLE', 1, 'The models could not be read.', {
      why: `${messageOf(thrown)}. It is for what the models say.`,
      fix: 'Free some space there, or set TMPDIR to a folder that can be written.',
    })
  }
}

/** What changed in our environment since `then`, as what to set in the child; null unsets. */
export function changedEnvironment(
  then: Readonly<NodeJS.ProcessEnv> | null,
): Readonly<Record<string, string | null>> {
  if (then === null) return {}
  const names = new Set([...Object.keys(then), ...Object.keys(process.env)])
  const changed = [...names].filter((name) => then[name] !== process.env[name])
  return Object.fromEntries(changed.map((name) => [name, process.env[name] ?? null]))
}
