/** A plan on the screen, and what happens to it. */
import type { HostFailure } from '../../src/host/calls.js'
import type { RunEvent } from '../../src/runner/events.js'
import { planLines } from '../../src/tui/screens/plan/lines.js'
import { openPlan } from '../../src/tui/screens/plan/open.js'
import { planAmong } from '../../src/tui/changed.js'
import type { PlanDocument } from '../../src/workflows/screens/screen-documents.js'
import { lastCall, planOf, withRevisions } from './screen-states.js'
import type { Walk } from './screen-walks.js'
import { after, answerTo, key } from './screen-walks.js'
import { appState, textOf, viewOf } from './tui.js'

/** A plan that goes back over two revisions, asked for with `-2`. */
export function twoBack(): PlanDocument {
  const [step] = planOf(true).steps
  if (step === undefined) throw new Error('The plan has no step.')
  const back = { ...step, direction: 'down' } as const
  return {
    direction: 'down',
    from: ['cccccccccccc'],
    to: ['aaaaaaaaaaaa'],
    target: 'aaaaaaaaaaaa',
    isTransactional: true,
    steps: [
      { ...back, revision: 'cccccccccccc', target: 'bbbbbbbbbbbb' },
      { ...back, revision: 'bbbbbbbbbbbb', target: 'aaaaaaaaaaaa', destructive: false },
    ],
  }
}

/** That plan as it is shown. */
export function shown(document = twoBack()): Walk {
  const [app, effects] = openPlan({ ...appState(), ...withRevisions() }, 'down', '-2')
  const walk = { app, effects }
  return after(walk, answerTo(walk, 'plan', document))
}

function happened(walk: Walk, event: RunEvent): Walk {
  const { slot, ticket } = lastCall(walk.effects, 'run')
  return after(walk, { kind: 'runEvent', slot, ticket, event })
}

/** The plan with its next step done, and the run not over yet. */
export function stepDone(walk: Walk, revision: string): Walk {
  const started = {
    kind: 'stepStarted',
    revision,
    message: '',
    direction: 'down',
    onlyAdds: true,
  } as const
  const finished = { kind: 'stepFinished', revision, durationMs: 3, statements: 1 } as const
  return happened(happened(walk, { ...started, index: 1, of: 1 }), finished)
}

/** The plan after its next step ran. */
export function ranOne(walk: Walk, revision: string): Walk {
  const done = stepDone(after(walk, key('enter')), revision)
  return after(
    done,
    answerTo(done, 'run', {
      from: [],
      to: [],
      steps: [],
      durationMs: 0,
      backup: null,
      sql: null,
      notes: [],
    }),
  )
}

/** The plan after its run ended with that failure. */
export function failing(walk: Walk, failure: Partial<HostFailure>): Walk {
  const { slot, ticket } = lastCall(walk.effects, 'run')
  const all = { code: '', exit: 1, message: '', why: null, fix: null, state: null, details: {} }
  const told = { ...all, ...failure } as HostFailure
  return after(walk, { kind: 'failed', slot, ticket, name: 'run', failure: told })
}

/** The plan as it is drawn. */
export function drawn({ app }: Walk): string {
  const screen = planAmong(app)
  return screen === null ? '' : planLines(viewOf(app), screen).map(textOf).join('\n')
}

/** A plan to the heads, asked for and not answered. */
export function firstPlan(): Walk {
  const [app, effects] = openPlan({ ...appState(), ...withRevisions() }, 'up', 'heads')
  return { app, effects }
}
