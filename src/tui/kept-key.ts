/**
 * A key pressed while what it needs is read again. It is kept instead of refused, and pressed again
 * once the answer is there: whoever types ahead of a slow machine gets what a fast one would do.
 */
import { shownScreen } from './bindings.js'
import type { Step } from './messages.js'
import { gradeOf, nextStep } from './screens/plan/steps.js'
import type { AppState } from './state.js'
import { noticed, topPopup, topScreen } from './changed.js'

/** The state with the key kept; null where nothing is on its way that could make it usable. */
export function keeping(app: AppState, key: string, why: string): AppState | null {
  if (!isOnItsWay(app)) return null
  const kept = { key, screen: shownScreen(app), seen: seenIn(app) }
  return { ...noticed(app, `${key}: waits for what is being read. ${why}`), kept }
}

/** Presses the kept key by `press` once nothing is on its way; it is let go where the place changed. */
export function pressKept(app: AppState, press: (app: AppState, key: string) => Step): Step {
  const { kept } = app
  if (kept === null || isOnItsWay(app)) return [app, []]
  const free = { ...app, kept: null }
  const isElsewhere =
    topPopup(app) !== null || app.commandLine !== null || shownScreen(app) !== kept.screen
  if (isElsewhere) return [free, []]
  if (seenIn(app) !== kept.seen) {
    return [noticed(free, `${kept.key}: The next step changed. Look at it, then press again.`), []]
  }
  return press(free, kept.key)
}

/** Whether the shown screen is about to know more than it does. */
function isOnItsWay(app: AppState): boolean {
  const screen = topScreen(app)
  switch (screen?.kind) {
    case undefined:
      return app.overview.isLoading
    case 'diff':
    case 'review':
      return app.comparison.isLoading
    case 'plan':
      // A first plan is not waited for: nobody has seen yet what enter would run.
      return isPlanAgain(app)
    case 'output':
    case 'log':
      return false
  }
}

/** Whether the plan that is shown is being made again, or will be once an edited script is read. */
function isPlanAgain(app: AppState): boolean {
  const screen = topScreen(app)
  if (screen?.kind !== 'plan' || screen.running !== null || screen.plan.value === null) return false
  return screen.plan.isLoading || app.calls.has('edited')
}

/** What a kept key would run: nothing else may run in its place. */
function seenIn(app: AppState): string | null {
  const screen = topScreen(app)
  if (screen?.kind !== 'plan') return null
  const next = nextStep(screen)
  return next === null ? null : JSON.stringify([next.revision, next.statements, gradeOf(next)])
}
