/** Gives the terminal back however the process ends. */
import { sendNow } from './terminal.js'
import type { Terminal } from './terminal.js'

export type ExitSignal = 'SIGHUP' | 'SIGINT' | 'SIGQUIT' | 'SIGTERM'

export interface GuardOptions {
  /** What is printed on the normal screen when a fault of ours ends the process with exit code 70. */
  readonly describe: (thrown: unknown) => string
  /**
   * Asked at the first signal: whether the app stops what it runs and then ends the process itself,
   * with `signalExitCode`. A second signal ends it at once.
   */
  readonly onSignal?: (signal: ExitSignal) => boolean
}

const NUMBERS: Readonly<Record<ExitSignal, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGTERM: 15,
}

/** The exit code of a process that a signal ended, as shells count it. */
export function signalExitCode(signal: ExitSignal): number {
  return 128 + NUMBERS[signal]
}

/** Guards the terminal against exits, signals, faults and its own end, until the function it returns is called. */
export function guard(terminal: Terminal, options: GuardOptions): () => void {
  const restore = (): void => {
    terminal.restore()
  }
  const die = (thrown: unknown): void => {
    terminal.restore()
    sendNow(process.stderr.fd, `${options.describe(thrown)}\n`)
    process.exit(70)
  }
  const onSignal = signalListener(terminal, options)
  const signals = Object.keys(NUMBERS) as ExitSignal[] // the keys are written above
  process.on('exit', restore)
  process.on('uncaughtException', die)
  process.on('unhandledRejection', die)
  for (const signal of signals) process.on(signal, onSignal)
  const stopWatching = terminal.onGone(() => {
    onSignal('SIGHUP')
  })
  return () => {
    process.off('exit', restore)
    process.off('uncaughtException', die)
    process.off('unhandledRejection', die)
    for (const signal of signals) process.off(signal, onSignal)
    stopWatching()
  }
}

function signalListener(terminal: Terminal, options: GuardOptions): (signal: ExitSignal) => void {
  let first: ExitSignal | null = null
  return (signal) => {
    // The terminal sends these to everyone in it; they are meant for the program that has it.
    if (terminal.isLent && (signal === 'SIGINT' || signal === 'SIGQUIT')) return
    // One hang-up comes from the kernel, from the shell and as the end of the keyboard: it counts once.
    if (first === 'SIGHUP' && signal === 'SIGHUP') return
    const isFirst = first === null
    first ??= signal
    if (isFirst && options.onSignal?.(signal) === true) return
    terminal.restore()
    process.exit(signalExitCode(signal))
  }
}
