/** Documents that come from the host, while they come and after. */
import type { HostFailure } from '../host/calls.js'

/** A document that comes from the host: what is there, what went wrong last, whether more is on its way. */
export interface Loaded<T> {
  readonly value: T | null
  readonly failure: HostFailure | null
  readonly isLoading: boolean
}

/** Nothing there yet, and nothing asked for. */
export function notLoaded<T>(): Loaded<T> {
  return { value: null, failure: null, isLoading: false }
}
