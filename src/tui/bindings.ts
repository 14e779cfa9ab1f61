/** Which keys a screen has: its own first, then moving, then those that every screen has. */
import type { Binding } from './keys/binding.js'
import { keysOf } from './keys/binding.js'
import { EVERYWHERE, MOVES } from './keys/everywhere.js'
import { DIFF_KEYS } from './screens/diff/keys.js'
import { LOG_KEYS } from './screens/log/keys.js'
import { OUTPUT_KEYS } from './screens/output/keys.js'
import { PLAN_KEYS } from './screens/plan/keys.js'
import { REVIEW_KEYS } from './screens/review/keys.js'
import { TREE_KEYS } from './screens/tree/keys.js'
import type { AppState, Screen } from './state.js'
import { topScreen } from './changed.js'

/** The name of a screen for people. */
export type ScreenName = 'tree' | Screen['kind']

/** The keys that belong to a screen alone. */
export const SCREEN_KEYS: Readonly<Record<ScreenName, readonly Binding[]>> = {
  tree: TREE_KEYS,
  diff: DIFF_KEYS,
  review: REVIEW_KEYS,
  plan: PLAN_KEYS,
  output: OUTPUT_KEYS,
  log: LOG_KEYS,
}

/** The screen that is shown. */
export function shownScreen(app: AppState): ScreenName {
  return topScreen(app)?.kind ?? 'tree'
}

/** All keys of the shown screen, in the order in which they are looked for; without those that others have. */
export function bindingsOf(app: AppState): readonly Binding[] {
  const own = SCREEN_KEYS[shownScreen(app)]
  const taken = new Set(own.flatMap((one) => keysOf(one, app.keys)))
  const isFree = (one: Binding): boolean => keysOf(one, app.keys).some((key) => !taken.has(key))
  return [...own, ...[...MOVES, ...EVERYWHERE].filter(isFree)]
}
