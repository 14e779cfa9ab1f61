/** Opens a plan; nothing runs. */
import { asking } from '../../call.js'
import type { Step } from '../../messages.js'
import type { AppState } from '../../state.js'
import { noticed } from '../../changed.js'
import { planScreen } from './state.js'

/** The plan to a target, over the screen that is shown. */
export function openPlan(app: AppState, direction: 'up' | 'down', target: string): Step {
  const running = app.screens.some((screen) => screen.kind === 'plan' && screen.running !== null)
  if (running) return [noticed(app, 'A step runs: wait for it, or stop it with ctrl-c.'), []]
  const next = { ...app, screens: [...app.screens, planScreen(direction, target)] }
  return asking(next, 'plan', 'plan', { direction, target })
}
