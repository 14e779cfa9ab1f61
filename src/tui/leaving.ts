/** Stopping what runs, and quitting. */
import type { Step } from './messages.js'
import { chosenFrom } from './screens/tree/choices.js'
import type { PlanScreen } from './screens/plan/state.js'
import type { AppState } from './state.js'
import { noticed, planAmong, withPlan } from './state.js'

/** `q`: quits; while a step runs it asks first. */
export function quit(app: AppState): Step {
  if (runningPlan(app) === null) return [app, [{ kind: 'quit', exit: 0 }]]
  return [
    chosenFrom(app, {
      title: 'A step is running',
      text: [
        'It can be stopped after its revision: that is whole then, and what follows stays pending.',
      ],
      choices: [
        {
          key: 's',
          label: 'stop after this revision, then quit',
          detail: '',
          does: { kind: 'stopAndQuit' },
        },
        { key: 'n', label: 'go on', detail: '', does: { kind: 'nothing' } },
      ],
      takesEnter: false,
      command: null,
    }),
    [],
  ]
}

/** ctrl-c: the first stops a run after its revision, the second at once; without a run it quits. */
export function interrupt(app: AppState): Step {
  const plan = runningPlan(app)
  if (plan?.running == null) return [app, [{ kind: 'quit', exit: 0 }]]
  if (plan.running.isStopping) {
    return [noticed(app, 'Stopping the statement now …'), [{ kind: 'kill', lane: 'run' }]]
  }
  return stopAfterRevision(app, plan)
}

/** A signal: a run is stopped after its revision first, and a second signal does not wait. */
export function told(app: AppState, signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): Step {
  if (signal === 'SIGINT') return interrupt(app)
  const exit = signal === 'SIGTERM' ? 143 : 129
  const plan = runningPlan(app)
  if (plan?.running == null || plan.running.isStopping) return [app, [{ kind: 'quit', exit }]]
  const [next, effects] = stopAfterRevision(app, plan)
  return [{ ...next, leavesWith: exit }, effects]
}

/** Stops the run after its revision, and quits then. */
export function stopAndQuit(app: AppState): Step {
  const plan = runningPlan(app)
  if (plan === null) return [app, [{ kind: 'quit', exit: 0 }]]
  const [next, effects] = stopAfterRevision(app, plan)
  return [{ ...next, leavesWith: 0 }, effects]
}

/** The effect that ends the program once a run that was to be stopped is over. */
export function leaveIfDone(step: Step): Step {
  const [app, effects] = step
  if (app.leavesWith === null || runningPlan(app) !== null) return step
  return [app, [...effects, { kind: 'quit', exit: app.leavesWith }]]
}

/** The plan that runs; null where none does. */
export function runningPlan(app: AppState): PlanScreen | null {
  const plan = planAmong(app)
  return plan?.running == null ? null : plan
}

function stopAfterRevision(app: AppState, plan: PlanScreen): Step {
  const call = app.calls.get('run')
  const asked = app.popups.find((popup) => popup.kind === 'loss')
  if (asked !== undefined) {
    // Whoever stops agrees to nothing: the run ends where it asked.
    const { slot, ticket, question } = asked
    const popups = app.popups.filter((popup) => popup !== asked)
    return [{ ...app, popups }, [{ kind: 'answer', slot, ticket, question, value: false }]]
  }
  const running = plan.running === null ? null : { ...plan.running, isStopping: true }
  const next = noticed(
    withPlan(app, { ...plan, running }),
    'Stopping after this revision. ctrl-c again stops it now.',
  )
  return [next, call === undefined ? [] : [{ kind: 'stop', slot: 'run', ticket: call.ticket }]]
}
