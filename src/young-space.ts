/** How V8 keeps young objects. */
import { setFlagsFromString } from 'node:v8'

/** Milliseconds after which a process is no short one. */
const SHORT = 1500

/**
 * Keeps the space of young objects as small as it begins. Node 20's V8 lets it grow, though what a short
 * process makes mostly lives to its end, and is only copied more often: an eighth of the time of a long
 * history. A script that goes through many rows gains by the growth, so it comes later. Later versions
 * of Node gain little, and may not know the flag.
 */
export function keepYoungSpaceSmall(): void {
  if (!process.version.startsWith('v20.')) return
  setFlagsFromString('--semi-space-growth-factor=1')
  setTimeout(() => {
    setFlagsFromString('--semi-space-growth-factor=2')
  }, SHORT).unref()
}
