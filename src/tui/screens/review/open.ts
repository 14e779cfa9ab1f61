/** Opens the review over the screen that is shown. */
import { askComparisonAgain } from '../../comparison.js'
import { inTurn } from '../../call.js'
import type { Step } from '../../messages.js'
import type { AppState } from '../../state.js'
import { reviewScreen } from './state.js'

/** The review, with a comparison of the models as they are now. */
export function openReview(app: AppState): Step {
  return inTurn([{ ...app, screens: [...app.screens, reviewScreen()] }, []], askComparisonAgain)
}
