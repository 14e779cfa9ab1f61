/** What the keys of a plan do, and what a run tells it. */
import type { HostFailure } from '../../../host/calls.js'
import type { RunEvent } from '../../../runner/events.js'
import type { RunDocument } from '../../../workflows/documents.js'
import type { PlanDocument } from '../../../workflows/screen-documents.js'
import { asking } from '../../call.js'
import { commandLike } from '../../commands-like.js'
import { scrolledTop } from '../../draw/scroll.js'
import type { MoveAction } from '../../keys/everywhere.js'
import { movedTo } from '../../keys/everywhere.js'
import { layoutOf } from '../../layout.js'
import type { Step } from '../../messages.js'
import type { AppState } from '../../state.js'
import { logged, noticed, withPopup, withPlan } from '../../state.js'
import { askOverview } from '../../overview.js'
import { stepLength } from './detail-lines.js'
import type { PlanAction } from './keys.js'
import type { PlanScreen, Progress, Running } from './state.js'
import { gradeOf, nextStep, openSteps, safeSteps, selectedStep, stepsOf } from './steps.js'

/** What an action of a plan leads to. */
export function planAction(app: AppState, screen: PlanScreen, action: PlanAction): Step {
  switch (action) {
    case 'runStep':
      return runNext(app, screen)
    case 'runSafe':
      return askBatch(app, screen)
    case 'planAgain':
      return planAgain(app, screen)
    case 'backUp':
      return asking(noticed(app, 'Copying the database …'), 'backup', 'backUp', {})
    case 'editStep': {
      const path = selectedStep(screen)?.path ?? null
      if (path === null) return [noticed(app, 'This revision has no file here.'), []]
      const failed = screen.progress.get(selectedStep(screen)?.revision ?? '')
      return [
        app,
        [{ kind: 'edit', path, line: failed?.kind === 'failed' ? lineOf(failed.failure) : null }],
      ]
    }
    case 'copyPlan':
      return copy(app, screen)
    case 'pane':
      return [
        withPlan(app, { ...screen, focus: screen.focus === 'steps' ? 'detail' : 'steps' }),
        [],
      ]
  }
}

/** Moves in the pane that has the focus. */
export function planMove(app: AppState, screen: PlanScreen, action: MoveAction): Step {
  const { detailRows, treeRows: page } = layoutOf(app)
  if (screen.focus === 'detail') {
    const count = Math.max(1, stepLength(app, screen) - detailRows + 1)
    const detailTop = movedTo(action, screen.detailTop, { count, page: detailRows })
    return [withPlan(app, { ...screen, detailTop }), []]
  }
  const count = stepsOf(screen).length
  const selected = movedTo(action, screen.selected, { count, page })
  return [withPlan(app, selecting(app, screen, selected)), []]
}

/** The plan made again, with fresh counts. */
export function planAgain(app: AppState, screen: PlanScreen): Step {
  const failed = [...screen.progress].filter(([, progress]) => progress.kind !== 'failed')
  const next = {
    ...screen,
    progress: new Map(failed),
    plan: { ...screen.plan, isLoading: true, failure: null },
  }
  const { direction, target } = screen
  return asking(withPlan(app, next), 'plan', 'plan', { direction, target })
}

/** Runs so many steps from the next one on; what is shown is what is expected. */
export function runSteps(app: AppState, screen: PlanScreen, count: number): Step {
  const steps = openSteps(screen).slice(0, count)
  const [first] = steps
  if (first === undefined) return [app, []]
  const { direction, target } = screen
  const running: Running = {
    revision: null,
    since: app.now,
    statement: null,
    statementSince: app.now,
    statements: 0,
    waiting: null,
    isStopping: false,
  }
  const selected = stepsOf(screen).indexOf(first)
  const next = withPlan(app, { ...selecting(app, screen, selected), running })
  return asking({ ...next, notice: null }, 'run', 'run', {
    direction,
    target,
    expected: steps.map((step) => step.revision),
    backup: app.overview.value?.database.canBackUp === true && screen.backups.length === 0,
  })
}

/** A plan that has arrived; steps that are done stay in it. */
export function planArrived(app: AppState, screen: PlanScreen, plan: PlanDocument): Step {
  const done = stepsOf(screen).filter((step) => screen.progress.get(step.revision)?.kind === 'done')
  const steps = [
    ...done,
    ...plan.steps.filter((step) => !done.some((one) => one.revision === step.revision)),
  ]
  const from = screen.plan.value?.from ?? plan.from
  const value = { ...plan, from: done.length > 0 ? from : plan.from, steps }
  const next = { ...screen, plan: { value, failure: null, isLoading: false } }
  const first = nextStep(next)
  return [withPlan(app, selecting(app, next, first === null ? 0 : steps.indexOf(first))), []]
}

/** Something that happened while a step runs. */
export function planEvent(app: AppState, screen: PlanScreen, event: RunEvent): Step {
  const running = screen.running
  if (running === null) return [app, []]
  const say = (change: Partial<Running>): AppState =>
    withPlan(app, { ...screen, running: { ...running, ...change } })
  switch (event.kind) {
    case 'planned':
    case 'done':
    case 'stepFailed':
      return [app, []]
    case 'backup': {
      const text = `Copied the database to ${event.path}`
      const entry = { tone: 'plain', text, lines: [], command: null } as const
      return [
        logged(withPlan(app, { ...screen, backups: [...screen.backups, event.path] }), entry),
        [],
      ]
    }
    case 'waiting':
      return [say({ waiting: event.for }), []]
    case 'stepStarted': {
      const index = stepsOf(screen).findIndex((step) => step.revision === event.revision)
      const started = {
        ...running,
        revision: event.revision,
        since: app.now,
        statement: null,
        statements: 0,
        waiting: null,
      }
      return [
        withPlan(app, { ...selecting(app, screen, Math.max(0, index)), running: started }),
        [],
      ]
    }
    case 'statement':
      return [
        say({
          statement: event.sql,
          statementSince: app.now,
          statements: running.statements + 1,
          waiting: null,
        }),
        [],
      ]
    case 'stepFinished':
      return stepFinished(app, screen, event)
  }
}

/** The steps are over. */
export function runEnded(app: AppState, screen: PlanScreen, document: RunDocument): Step {
  const { backup } = document
  const isKnown = backup === null || screen.backups.includes(backup)
  const backups = isKnown ? screen.backups : [...screen.backups, backup]
  const next = { ...screen, running: null, backups }
  const first = nextStep(next)
  const selected =
    first === null ? Math.max(0, stepsOf(next).length - 1) : stepsOf(next).indexOf(first)
  const shown = withPlan(app, selecting(app, next, selected))
  const left = openSteps(next).length
  const text =
    left === 0
      ? `Done: the database is at ${document.to.join(', ') || 'base'}. esc goes back.`
      : `${document.steps.length} done, ${left} to go.`
  return askOverview(noticed(shown, text, 'good'))
}

/** A step did not go through: which, why, and what state things are in. */
export function runFailed(app: AppState, screen: PlanScreen, failure: HostFailure): Step {
  const revision = screen.running?.revision ?? textDetail(failure, 'revision')
  const isRefused = failure.code === 'DESTRUCTIVE_NOT_ALLOWED' || failure.code === 'PLAN_MOVED'
  const failed: Progress = { kind: 'failed', failure }
  const progress =
    revision === null || isRefused
      ? screen.progress
      : new Map(screen.progress).set(revision, failed)
  const next: PlanScreen = { ...screen, running: null, progress, focus: 'steps', detailTop: 0 }
  const entry = {
    tone: 'bad',
    text: failure.message.split('\n')[0] ?? '',
    lines: [failure.why, failure.state, failure.fix].filter((line) => line !== null),
    command: null,
  } as const
  const shown = logged(withPlan(app, next), entry)
  if (failure.code === 'PLAN_MOVED') return planAgain(noticed(shown, failure.message, 'bad'), next)
  if (isRefused) return askOverview(noticed(shown, 'Not run: the loss was not agreed to.'))
  return askOverview(
    revision === null ? withPopup(shown, { kind: 'failure', failure, top: 0 }) : shown,
  )
}

function runNext(app: AppState, screen: PlanScreen): Step {
  const next = nextStep(screen)
  if (next === null) return [app, []]
  if (gradeOf(next) !== 'ask') return runSteps(app, screen, 1)
  const reasons = [
    ...(next.unforeseen === null ? [] : [next.unforeseen]),
    ...next.hazards.map((hazard) => hazard.message),
  ]
  return [
    withPopup(app, {
      kind: 'choice',
      title: `Run ${next.revision}?`,
      text: reasons,
      choices: [
        { key: 'y', label: 'yes, run it', detail: '', does: { kind: 'runStep' } },
        { key: 'n', label: 'no', detail: '', does: { kind: 'nothing' } },
      ],
      selected: 1,
      takesEnter: false,
      command: null,
    }),
    [],
  ]
}

function askBatch(app: AppState, screen: PlanScreen): Step {
  const steps = safeSteps(screen)
  const stop = openSteps(screen)[steps]
  const until =
    stop === undefined
      ? 'That is all of them.'
      : `It stops before ${stop.revision}, which is not safe.`
  return [
    withPopup(app, {
      kind: 'choice',
      title: `Run ${steps} safe ${steps === 1 ? 'step' : 'steps'}?`,
      text: [until],
      choices: [
        {
          key: 'y',
          label: `yes, run ${steps === 1 ? 'it' : `all ${steps}`}`,
          detail: '',
          does: { kind: 'runBatch', steps },
        },
        { key: 'n', label: 'no', detail: '', does: { kind: 'nothing' } },
      ],
      selected: 1,
      takesEnter: false,
      command: null,
    }),
    [],
  ]
}

function copy(app: AppState, screen: PlanScreen): Step {
  const step = selectedStep(screen)
  const sql = (step?.statements ?? []).map((one) => `${one};`).join('\n')
  const all = stepsOf(screen)
    .flatMap((one) => (one.statements ?? []).map((text) => `${text};`))
    .join('\n')
  const command = commandLike(
    app,
    screen.direction === 'up' ? 'upgrade' : 'downgrade',
    screen.target,
  )
  return [
    withPopup(app, {
      kind: 'choice',
      title: 'Copy',
      text: [],
      choices: [
        {
          key: 's',
          label: 'the SQL of this step',
          detail: '',
          does: { kind: 'copy', text: sql, what: 'The SQL of the step' },
        },
        {
          key: 'a',
          label: 'the SQL of the whole plan',
          detail: '',
          does: { kind: 'copy', text: all, what: 'The SQL of the plan' },
        },
        {
          key: 'c',
          label: 'the command line',
          detail: command,
          does: { kind: 'copy', text: command, what: 'The command line' },
        },
      ],
      selected: 0,
      takesEnter: true,
      command: null,
    }),
    [],
  ]
}

function stepFinished(
  app: AppState,
  screen: PlanScreen,
  event: Extract<RunEvent, { readonly kind: 'stepFinished' }>,
): Step {
  const { revision, durationMs, statements } = event
  const step = stepsOf(screen).find((one) => one.revision === revision)
  const progress = new Map(screen.progress).set(revision, { kind: 'done', durationMs, statements })
  const word = screen.direction === 'up' ? 'Upgraded' : 'Downgraded'
  const entry = {
    tone: 'good',
    text: `${word} ${revision} ${step?.message ?? ''}`.trimEnd(),
    lines: step?.statements ?? [],
    command: commandLike(
      app,
      screen.direction === 'up' ? 'upgrade' : 'downgrade',
      screen.direction === 'up' ? revision : screen.target,
    ),
  } as const
  return [logged(withPlan(app, { ...screen, progress }), entry), []]
}

function selecting(app: AppState, screen: PlanScreen, selected: number): PlanScreen {
  const { treeRows: height } = layoutOf(app)
  const top = scrolledTop(screen.top, selected, { height, count: stepsOf(screen).length })
  return { ...screen, selected, top, detailTop: 0 }
}

/** The line of the script that a failure names; null where it names none. */
function lineOf(failure: HostFailure): number | null {
  const line = failure.details.line
  return typeof line === 'number' ? line : null
}

function textDetail(failure: HostFailure, key: string): string | null {
  const value = failure.details[key]
  return typeof value === 'string' ? value : null
}
