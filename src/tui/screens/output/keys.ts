/** The keys of a command's output. */
import type { Binding } from '../../keys/binding.js'
import { binding } from '../../keys/binding.js'

export type OutputAction = 'copyOutput' | 'runAgain'

export const OUTPUT_KEYS: readonly Binding<OutputAction>[] = [
  binding('copyOutput', ['y'], 'Copy what it printed, or the command line', { short: 'copy' }),
  binding('runAgain', ['enter'], 'Type the same command again, to change it', { short: 'again' }),
]
