/** What can happen to the screens, and what they can have done outside. */
import type { CallName, HostCalls, HostFailure, HostProject, HostQuestion } from '../host/calls.js'
import type { RunEvent } from '../runner/events.js'
import type { AppState, Size } from './state.js'

/** An answer of the host, to the place that asked. */
export type Answered = {
  readonly [N in CallName]: {
    readonly kind: 'answered'
    readonly slot: string
    readonly ticket: number
    readonly name: N
    readonly given: HostCalls[N]['given']
    readonly answer: HostCalls[N]['answer']
  }
}[CallName]

export interface Failed {
  readonly kind: 'failed'
  readonly slot: string
  readonly ticket: number
  readonly name: CallName
  readonly failure: HostFailure
}

export type Message =
  /** A key by its name: `j`, `enter`, `ctrl+c`. */
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'resized'; readonly size: Size }
  /** Time passed: what runs is drawn anew. */
  | { readonly kind: 'tick' }
  | Answered
  | Failed
  | {
      readonly kind: 'runEvent'
      readonly slot: string
      readonly ticket: number
      readonly event: RunEvent
    }
  | { readonly kind: 'warned'; readonly slot: string; readonly message: string }
  | {
      readonly kind: 'asked'
      readonly slot: string
      readonly ticket: number
      readonly question: number
      readonly asks: HostQuestion
    }
  /** A process that worked for the screens ended, and nobody here ended it. */
  | {
      readonly kind: 'hostEnded'
      readonly lane: 'look' | 'run'
      /** `exit code 3`, `SIGKILL`. */
      readonly how: string
      /** The last lines that it printed. */
      readonly output: readonly string[]
    }
  /** Something that a `later` effect put off is due. */
  | { readonly kind: 'due'; readonly name: string }
  /** Files or the database changed outside. */
  | {
      readonly kind: 'changedOutside'
      readonly what: 'config' | 'migrations' | 'models' | 'database'
      /** The files that changed, where it is known which. */
      readonly paths?: readonly string[]
    }
  | {
      readonly kind: 'editorClosed'
      readonly path: string
      readonly before: string
      readonly result: EditorResult
    }
  | { readonly kind: 'copied'; readonly what: string; readonly tooLong: boolean }
  | { readonly kind: 'commandPrinted'; readonly id: number; readonly lines: readonly string[] }
  | { readonly kind: 'commandEnded'; readonly id: number; readonly exit: number }
  /** The process is to end: a signal arrived. */
  | { readonly kind: 'told'; readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' }

/** How an editor ended: its exit code, or why there was none. */
export type EditorResult =
  | { readonly kind: 'closed'; readonly exit: number }
  | { readonly kind: 'missing'; readonly program: string }

/** A call to the host. `look` and `run` are processes of their own: a run never makes a look wait. */
export type CallEffect = {
  readonly [N in CallName]: {
    readonly kind: 'call'
    readonly lane: 'look' | 'run'
    readonly project: HostProject
    readonly slot: string
    readonly ticket: number
    readonly name: N
    readonly given: HostCalls[N]['given']
  }
}[CallName]

export type Effect =
  | CallEffect
  /** Stops the run after its current revision. */
  | { readonly kind: 'stop'; readonly slot: string; readonly ticket: number }
  /** Ends the process that a call runs in. */
  | { readonly kind: 'kill'; readonly lane: 'look' | 'run' }
  | {
      readonly kind: 'answer'
      readonly slot: string
      readonly ticket: number
      readonly question: number
      readonly value: boolean | string | null
    }
  /** Sends `due` after so many milliseconds; a later one of the same name takes its place. */
  | { readonly kind: 'later'; readonly name: string; readonly ms: number }
  | { readonly kind: 'edit'; readonly path: string; readonly line: number | null }
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  /** Runs a command line of our own and shows what it prints. */
  | {
      readonly kind: 'command'
      readonly id: number
      readonly words: readonly string[]
      /** The file that its result goes to, as it was typed; null where it is shown. */
      readonly into: string | null
      readonly project: HostProject
    }
  | { readonly kind: 'endCommand'; readonly id: number }
  | { readonly kind: 'watch'; readonly project: HostProject; readonly paths: WatchedPaths }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'repaint' }
  | { readonly kind: 'quit'; readonly exit: number }

export interface WatchedPaths {
  readonly config: readonly string[]
  readonly migrations: readonly string[]
  readonly models: readonly string[]
}

/** The state after something happened, and what is to be done outside. */
export type Step = readonly [AppState, readonly Effect[]]
