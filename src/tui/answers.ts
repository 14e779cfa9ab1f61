/** What the host's answers change: one place for each call. */
import type { HostFailure } from '../host/calls.js'
import { inTurn, withoutCall } from './call.js'
import { commandLike } from './commands-like.js'
import { comparisonFailed } from './comparison.js'
import { editedArrived, stale } from './edited.js'
import { failuresOver, GRAPH, mendedPath } from './failures-over.js'
import { looked, lookAgain } from './look-again.js'
import { lossesFailed } from './losses.js'
import type { Answered, Failed, Step } from './messages.js'
import { askOverview } from './overview.js'
import { overviewArrived, overviewFailed } from './overview-arrived.js'
import { samplesArrived, samplesFailed } from './popups/rename.js'
import { planArrived, runEnded, runFailed } from './screens/plan/events.js'
import { isCommandEqual, reviewCommand } from './screens/review/command.js'
import { reviewArrived } from './screens/review/update.js'
import { LOSING } from './tries.js'
import { syntaxArrived } from './screens/tree/syntax.js'
import { askDetail } from './screens/tree/update.js'
import type { AppState } from './state.js'
import type { Loaded } from './loaded.js'
import { logged, noticed, planAmong, topScreen, withPlan, withPopup, withTree } from './changed.js'

/** The step after an answer that was awaited. */
export function answered(before: AppState, message: Answered): Step {
  const app = withoutCall(before, message.slot)
  switch (message.name) {
    case 'overview':
      return overviewArrived(looked(app, 'overview'), message.answer)
    case 'script': {
      const scripts = new Map(app.tree.scripts).set(message.answer.revision, ready(message.answer))
      return [withTree(app, { scripts }), []]
    }
    case 'syntax':
      return [syntaxArrived(app, message.answer), []]
    case 'effect': {
      const effects = new Map(app.tree.effects).set(message.answer.revision, ready(message.answer))
      return [withTree(app, { effects }), []]
    }
    case 'compare': {
      const next = { ...looked(app, 'comparison'), comparison: ready(message.answer) }
      const screen = topScreen(next)
      return screen?.kind === 'review' ? reviewArrived(next, screen, message.answer) : [next, []]
    }
    case 'plan': {
      if (message.slot === LOSING) {
        const losing = message.answer.steps.filter((step) => step.destructive)
        return [withTree(app, { losing: new Set(losing.map((step) => step.revision)) }), []]
      }
      const screen = planAmong(app)
      return screen === null ? [app, []] : planArrived(app, screen, message.answer)
    }
    case 'run': {
      const screen = planAmong(app)
      return screen === null ? askOverview(app) : runEnded(app, screen, message.answer)
    }
    case 'backUp': {
      const { path } = message.answer
      const screen = planAmong(app)
      const kept =
        screen === null ? app : withPlan(app, { ...screen, backups: [...screen.backups, path] })
      const text = `Copied the database to ${path}`
      return [
        logged(noticed(kept, text, 'good'), { tone: 'good', text, lines: [], command: null }),
        [],
      ]
    }
    case 'write':
      return written(app, message.answer.written, commandOfReview(app))
    case 'merge':
    case 'revision': {
      const { revision, path } = message.answer
      const one = revision === null || path === null ? [] : [{ revision, path }]
      const words = message.given.message ?? null
      const head = message.name === 'revision' ? message.given.head : 'head'
      const options = [
        ...(words === null ? [] : ['-m', words]),
        ...(head === 'head' ? [] : ['--head', head]),
      ]
      return written(app, one, commandLike(app, message.name, ...options))
    }
    case 'stamp': {
      const text = `The history says ${message.answer.to.join(', ') || 'base'} now. No script ran.`
      return askOverview(
        logged(noticed(app, text, 'good'), {
          tone: 'good',
          text,
          lines: [],
          command: commandLike(app, 'stamp', ...message.answer.to),
        }),
      )
    }
    case 'samples':
      return samplesArrived(app, message.answer)
    case 'edited': {
      const mended = mendedPath(message.slot)
      return mended === null
        ? editedArrived(app, message.answer)
        : [failuresOver(app, GRAPH, mended), []]
    }
    case 'pulse':
      return [app, []]
  }
}

/** The step after a failure that was awaited. */
export function failed(before: AppState, message: Failed): Step {
  const app = withoutCall(before, message.slot)
  const { failure, name } = message
  const gone = <T>(loaded: Loaded<T>): Loaded<T> => ({
    value: loaded.value,
    failure,
    isLoading: false,
  })
  switch (name) {
    case 'overview': {
      const next = { ...app, overview: gone(app.overview) }
      return lookAgain(next, 'overview', {
        failure,
        failed: (then) => overviewFailed(then, failure),
      })
    }
    case 'script':
    case 'effect': {
      const id = message.slot.slice(message.slot.indexOf(':') + 1)
      const broken = { value: null, failure, isLoading: false }
      return [
        name === 'script'
          ? withTree(app, { scripts: new Map(app.tree.scripts).set(id, broken) })
          : withTree(app, { effects: new Map(app.tree.effects).set(id, broken) }),
        [],
      ]
    }
    case 'compare':
      return lookAgain({ ...app, comparison: gone(app.comparison) }, 'comparison', {
        failure,
        failed: (then) => comparisonFailed(then, failure),
      })
    case 'plan': {
      const screen = planAmong(app)
      if (message.slot === LOSING) return [lossesFailed(app, failure), []]
      if (screen === null) return [app, []]
      return [withPlan(app, { ...screen, plan: gone(screen.plan) }), []]
    }
    case 'run': {
      const screen = planAmong(app)
      const open = { ...app, popups: app.popups.filter((popup) => popup.kind !== 'loss') }
      return screen === null ? [shownFailure(open, failure), []] : runFailed(open, screen, failure)
    }
    case 'samples':
      return samplesFailed(app, failure.message)
    case 'pulse':
    case 'syntax':
      return [app, []]
    case 'edited':
      if (mendedPath(message.slot) !== null) return [app, []]
      return inTurn(askOverview(shownFailure(stale(app), failure, brokenBy(failure))), askDetail)
    case 'write':
    case 'merge':
    case 'revision':
    case 'stamp':
    case 'backUp':
      return [shownFailure(app, failure), []]
  }
}

function ready<T>(value: T): Loaded<T> {
  return { value, failure: null, isLoading: false }
}

/** The command line that writes what the review wrote; null where there is none. */
function commandOfReview(app: AppState): string | null {
  const screen = app.screens.find((one) => one.kind === 'review')
  return screen?.kind === 'review' && isCommandEqual(screen) ? reviewCommand(app, screen) : null
}

function written(
  app: AppState,
  revisions: readonly { readonly revision: string; readonly path: string }[],
  command: string | null,
): Step {
  const [first] = revisions
  if (first === undefined) return [noticed(app, 'Nothing to write: models and database agree.'), []]
  const screens = app.screens.filter((screen) => screen.kind !== 'review' && screen.kind !== 'diff')
  const names = revisions.map(({ revision }) => revision).join(' and ')
  const closed = withTree(
    { ...stale(app), screens },
    { selected: revisions.at(-1)?.revision ?? null, focus: 'revisions', filter: '' },
  )
  const text = `Wrote ${names}. e opens it, u applies it.`
  const entry = {
    tone: 'good',
    text: `Wrote ${revisions.map(({ path }) => path).join(', ')}`,
    lines: [],
    command,
  } as const
  return askOverview(logged(noticed(closed, text, 'good'), entry))
}

/** What an edit broke: a script, or how the revisions follow one another. */
function brokenBy({ details: { path } }: HostFailure): string {
  return typeof path === 'string' ? path : GRAPH
}

/** A failure over the screen, until it is closed, and in the log. */
function shownFailure(app: AppState, failure: HostFailure, about: string | null = null): AppState {
  const lines = [failure.why, failure.state, failure.fix].filter((line) => line !== null)
  const entry = {
    tone: 'bad',
    text: failure.message.split('\n')[0] ?? '',
    lines,
    command: null,
    about,
  } as const
  // What was said to be under way is over.
  return withPopup({ ...logged(app, entry), notice: null }, { kind: 'failure', failure, top: 0 })
}
