/** What happened since the start. */

export interface LogScreen {
  readonly kind: 'log'
  readonly top: number
}
