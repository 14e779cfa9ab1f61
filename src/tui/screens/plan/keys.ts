/** The keys of a plan. */
import type { Binding } from '../../keys/binding.js'
import { binding } from '../../keys/binding.js'
import type { AppState } from '../../state.js'
import { topScreen } from '../../changed.js'
import { whyReadOnly } from '../tree/keys.js'
import { scriptOf } from './script.js'
import { nextStep, safeSteps, selectedStep, stepsOf } from './steps.js'
import type { PlanScreen } from './state.js'

export type PlanAction =
  'runStep' | 'runSafe' | 'planAgain' | 'backUp' | 'editStep' | 'copyPlan' | 'pane'

export const PLAN_KEYS: readonly Binding<PlanAction>[] = [
  binding('runStep', ['enter'], 'Run the next step; a loss asks for its name first', {
    short: 'run step',
    unavailable: (app) => whyReadOnly(app) ?? whyNotNow(app),
  }),
  binding('runSafe', ['A'], 'Run the safe steps, up to the first risky one', {
    short: 'safe steps…',
    unavailable: (app) => whyReadOnly(app) ?? whyNotNow(app) ?? whyNoneSafe(app),
  }),
  binding('backUp', ['b'], 'Copy the database first', {
    short: 'back up',
    unavailable: (app) => whyReadOnly(app) ?? whyNoCopy(app) ?? whyBusy(app) ?? whyPlanning(app),
  }),
  binding(
    'editStep',
    ['e'],
    'Open the script of the selected step, or of the error, in your editor',
    {
      short: 'edit',
      unavailable: (app) => whyReadOnly(app) ?? whyBusy(app) ?? whyNoScript(app),
    },
  ),
  binding('planAgain', ['r'], 'Plan again, with fresh counts; also after a failure', {
    short: 'plan again',
    unavailable: (app) => whyBusy(app),
  }),
  binding(
    'copyPlan',
    ['y'],
    'Copy the SQL of the step, of the plan, the command line, or the error',
  ),
  binding('pane', ['tab', 'shift+tab', 'left', 'right', 'h', 'l'], 'Go to the other pane'),
]

function shown(app: AppState): PlanScreen | null {
  const screen = topScreen(app)
  return screen?.kind === 'plan' ? screen : null
}

function whyBusy(app: AppState): string | null {
  return shown(app)?.running == null ? null : 'A step runs: ctrl-c stops after it.'
}

function whyPlanning(app: AppState): string | null {
  return shown(app)?.plan.isLoading === true ? 'The plan is being made.' : null
}

function whyNotNow(app: AppState): string | null {
  const screen = shown(app)
  if (screen === null) return null
  if (screen.running !== null) return 'A step runs already.'
  if (screen.plan.isLoading || app.calls.has('edited')) return 'The plan is being made.'
  if (screen.plan.failure !== null) return 'The plan could not be made: see the error.'
  const next = nextStep(screen)
  if (next === null) {
    return stepsOf(screen).length === 0
      ? 'Nothing to do: the database is there already.'
      : 'Every step is done.'
  }
  if (next.isBlocked) return 'Rows are in the way: mend them first, then r plans again.'
  return null
}

function whyNoScript(app: AppState): string | null {
  const screen = shown(app)
  if (screen === null || scriptOf(app, screen) !== null) return null
  if (screen.plan.failure !== null) return 'The error names no script.'
  return selectedStep(screen) === null ? 'There is no step.' : 'This revision has no file here.'
}

function whyNoneSafe(app: AppState): string | null {
  const screen = shown(app)
  return screen !== null && safeSteps(screen) === 0
    ? 'The next step is not safe: enter looks at it.'
    : null
}

function whyNoCopy(app: AppState): string | null {
  return app.overview.value?.database.canBackUp === true
    ? null
    : 'This database is not one file, or copies are turned off: use its own dump.'
}
