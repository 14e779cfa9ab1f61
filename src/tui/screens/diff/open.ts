/** Opens the diff over the tree. */
import { askComparison } from '../../comparison.js'
import { inTurn } from '../../call.js'
import type { Step } from '../../messages.js'
import type { AppState } from '../../state.js'
import { diffScreen } from './state.js'

/** The diff, with a comparison on its way where there is none. */
export function openDiff(app: AppState): Step {
  return inTurn([{ ...app, screens: [...app.screens, diffScreen()] }, []], askComparison)
}
