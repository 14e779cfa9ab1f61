/** A failure as it is copied: with its code, line by line. */
import type { HostFailure } from '../host/calls.js'

/** What went wrong, why, what state things are in, and what to do. */
export function failureText({ code, message, why, state, fix }: HostFailure): string {
  return [`${code}: ${message}`, why, state, fix].filter((line) => line !== null).join('\n')
}
