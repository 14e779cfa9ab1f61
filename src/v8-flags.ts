/** Flags of V8, for what a process is that ends soon. */
import { setFlagsFromString } from 'node:v8'

/** Later versions gain little, and may not know the flags. */
const isNode20 = process.version.startsWith('v20.')

/** Milliseconds after which a process is no short one. */
const SHORT = 1500

/**
 * Keeps the space of young objects as small as it begins. Node 20's V8 lets it grow, though what a short
 * process makes mostly lives to its end, and is only copied more often: an eighth of the time of a long
 * history. A script that goes through many rows gains by the growth, so it comes later.
 * @param beforeGrowth what is to happen while V8 still has its flags
 */
export function keepYoungSpaceSmall(beforeGrowth: () => void): void {
  if (!isNode20) return
  setFlagsFromString('--semi-space-growth-factor=1')
  collectYoungAlone()
  setTimeout(() => {
    beforeGrowth()
    setFlagsFromString('--semi-space-growth-factor=2')
    setFlagsFromString('--parallel-scavenge')
  }, SHORT).unref()
}

/**
 * Has the thread that makes young objects collect them. In a small space there are so few at a time
 * that to wake other threads takes longer: 50 ms of a thousand revisions.
 */
export function collectYoungAlone(): void {
  if (isNode20) setFlagsFromString('--no-parallel-scavenge')
}

/**
 * Node 20's V8 optimises after so few calls that a command is over before it pays: a quarter of the time
 * of a first migrate. Later ones wait longer by themselves, and do not know the flag.
 */
export function optimiseLater(): void {
  if (isNode20) setFlagsFromString('--interrupt-budget=500000')
}
