/** What a command printed that was typed on the command line. */

export interface OutputScreen {
  readonly kind: 'output'
  readonly id: number
  readonly words: readonly string[]
  /** The file that its result goes to; null where it is shown. */
  readonly into: string | null
  /** As printed; cleaned when drawn. */
  readonly lines: readonly string[]
  /** Null while it runs. */
  readonly exit: number | null
  readonly top: number
  /** Whether the end stays in view as lines arrive. */
  readonly follows: boolean
}
