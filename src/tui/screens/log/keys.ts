/** The keys of the log. */
import type { Binding } from '../../keys/binding.js'
import { binding } from '../../keys/binding.js'

export type LogAction = 'copyLog'

export const LOG_KEYS: readonly Binding<LogAction>[] = [
  binding('copyLog', ['y'], 'Copy the commands that would do the same', { short: 'copy' }),
]
