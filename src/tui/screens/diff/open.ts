/** Opens the diff over the tree. */
import { inTurn } from '../../call.js'
import { askComparisonAgain } from '../../comparison.js'
import type { Step } from '../../messages.js'
import type { AppState } from '../../state.js'
import { diffScreen } from './state.js'

/** The diff, of what was compared before until the comparison of now is there: DDL tells nobody that it ran. */
export function openDiff(app: AppState): Step {
  const opened = { ...app, screens: [...app.screens, diffScreen()] }
  return app.comparison.isLoading ? [opened, []] : inTurn([opened, []], askComparisonAgain)
}
