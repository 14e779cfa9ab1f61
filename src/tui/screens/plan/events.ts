/** What a plan and a run tell: the plan that was made, what happens while steps run, how they end. */
import { grouped } from '../../../present/text-width.js'
import type { HostFailure } from '../../../host/calls.js'
import type { RunEvent } from '../../../runner/events.js'
import type { RunDocument } from '../../../workflows/documents.js'
import type { PlanDocument } from '../../../workflows/screens/screen-documents.js'
import { commandLike } from '../../commands-like.js'
import { failuresOver, pathOf } from '../../failures-over.js'
import type { Step } from '../../messages.js'
import { askOverview } from '../../overview.js'
import { overviewAfter } from '../../overview-after.js'
import type { AppState } from '../../state.js'
import { logged, noticed, withPlan, withPopup } from '../../changed.js'
import type { PlanScreen, Progress, Running } from './state.js'
import { nextStep, openSteps, stepsOf } from './steps.js'
import { planAgain, selecting } from './update.js'

/** A plan that has arrived; steps that are done stay in it, and its target is fixed from now on. */
export function planArrived(app: AppState, screen: PlanScreen, plan: PlanDocument): Step {
  const done = stepsOf(screen).filter((step) => screen.progress.get(step.revision)?.kind === 'done')
  const steps = [
    ...done,
    ...plan.steps.filter((step) => !done.some((one) => one.revision === step.revision)),
  ]
  const from = screen.plan.value?.from ?? plan.from
  const value = { ...plan, from: done.length > 0 ? from : plan.from, steps }
  const next = {
    ...screen,
    target: plan.target,
    plan: { value, failure: null, isLoading: false },
    trying: null,
  }
  const first = nextStep(next)
  return [withPlan(app, selecting(app, next, first === null ? 0 : steps.indexOf(first))), []]
}

/** Something that happened while a step runs. */
export function planEvent(app: AppState, screen: PlanScreen, event: RunEvent): Step {
  if (event.kind === 'trying') return [withPlan(app, { ...screen, trying: event }), []]
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
      : `${grouped(document.steps.length)} done, ${grouped(left)} to go.`
  return askOverview(noticed(shown, text, 'good'))
}

/** The steps did not all go through: whether that was wanted, and what state things are in. */
export function runFailed(app: AppState, screen: PlanScreen, failure: HostFailure): Step {
  const rest: PlanScreen = { ...screen, running: null, focus: 'steps', detailTop: 0 }
  if (failure.code === 'INTERRUPTED') return stopped(app, rest, failure)
  if (isRefusal(failure)) return refused(app, rest)
  const isMoved = failure.code === 'PLAN_MOVED'
  const revision = screen.running?.revision ?? textDetail(failure, 'revision')
  const failed: Progress = { kind: 'failed', failure }
  const progress =
    revision === null || isMoved ? screen.progress : new Map(screen.progress).set(revision, failed)
  const next = { ...rest, progress }
  const entry = {
    tone: 'bad',
    text: failure.message.split('\n')[0] ?? '',
    lines: [failure.why, failure.state, failure.fix].filter((line) => line !== null),
    command: null,
    about: revision,
  } as const
  const shown = logged(withPlan(app, next), entry)
  if (isMoved) return planAgain(noticed(shown, failure.message, 'bad'), next)
  return askOverview(
    revision === null ? withPopup(shown, { kind: 'failure', failure, top: 0 }) : shown,
  )
}

/** Ctrl-c ended the run between two steps, as the person wanted: that is no failure of any. */
function stopped(app: AppState, screen: PlanScreen, { state, message }: HostFailure): Step {
  const text = `Stopped: ${(state ?? message).replace(/^N/, 'n')}`
  const next = nextStep(screen)
  const selected = next === null ? screen.selected : stepsOf(screen).indexOf(next)
  const shown = withPlan(app, selecting(app, screen, selected))
  const entry = { tone: 'plain', text, lines: [], command: null } as const
  return askOverview(logged(noticed(shown, text), entry))
}

/** Whether the person said no to a loss; one that showed only while its script ran failed the step. */
function isRefusal(failure: HostFailure): boolean {
  return failure.code === 'DESTRUCTIVE_NOT_ALLOWED' && textDetail(failure, 'revision') === null
}

/** The person kept what a step would have lost. */
function refused(app: AppState, screen: PlanScreen): Step {
  const text = 'Not run: the loss was not agreed to.'
  const entry = { tone: 'plain', text, lines: [], command: null } as const
  return askOverview(logged(noticed(withPlan(app, screen), text), entry))
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
      step?.target ?? screen.target,
      ...(step?.destructive === true ? ['--allow-destructive'] : []),
    ),
  } as const
  const { overview } = app
  const value =
    overview.value === null
      ? null
      : overviewAfter(overview.value, { revision, direction: screen.direction })
  const well = failuresOver(app, revision, pathOf(app, revision))
  const moved = { ...well, overview: { ...overview, value } }
  return [logged(withPlan(moved, { ...screen, progress }), entry), []]
}

function textDetail(failure: HostFailure, key: string): string | null {
  const value = failure.details[key]
  return typeof value === 'string' ? value : null
}
