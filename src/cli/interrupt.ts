/** Ctrl-C: the first asks to stop after the current revision, the second stops now. */

/** What a process offers for it. */
export interface SignalSource {
  on(event: 'SIGINT', listener: () => void): unknown
  off(event: 'SIGINT', listener: () => void): unknown
}

export interface Interrupts {
  /** Aborted by the first ctrl-c. */
  readonly signal: AbortSignal
  /** Stops listening. */
  close(): void
}

/** Listens until closed; `first` may say what happens now, `second` ends the process. */
export function watchInterrupts(
  source: SignalSource,
  first: () => void,
  second: () => void,
): Interrupts {
  const controller = new AbortController()
  const onSignal = (): void => {
    if (controller.signal.aborted) {
      second()
      return
    }
    controller.abort()
    first()
  }
  source.on('SIGINT', onSignal)
  return {
    signal: controller.signal,
    close: () => {
      source.off('SIGINT', onSignal)
    },
  }
}
