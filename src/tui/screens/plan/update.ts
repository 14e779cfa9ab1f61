/** What the keys of a plan do. */
import { counted, grouped } from '../../../present/text-width.js'
import type { PlanViewStep } from '../../../workflows/screens/screen-documents.js'
import { asking } from '../../call.js'
import { commandLike } from '../../commands-like.js'
import { scrolledTop } from '../../draw/scroll.js'
import { failureText } from '../../failure-text.js'
import type { MoveAction } from '../../keys/everywhere.js'
import { movedTo } from '../../keys/everywhere.js'
import type { Step } from '../../messages.js'
import type { Choice } from '../../popups/popup.js'
import type { AppState } from '../../state.js'
import { noticed, withPlan, withPopup } from '../../changed.js'
import { stepLength } from './detail-lines.js'
import type { PlanAction } from './keys.js'
import { planPanes } from './panes.js'
import { scriptOf } from './script.js'
import type { PlanScreen, Running } from './state.js'
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
      const script = scriptOf(app, screen)
      return script === null ? [app, []] : [app, [{ kind: 'edit', ...script }]]
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
  const { detailRows, stepRows: page } = planPanes(app, screen)
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
      title: `Run ${counted(steps, 'safe step')}?`,
      text: [until],
      choices: [
        {
          key: 'y',
          label: `yes, run ${steps === 1 ? 'it' : `all ${grouped(steps)}`}`,
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
  const progress = step === null ? undefined : screen.progress.get(step.revision)
  const failure = screen.plan.failure ?? (progress?.kind === 'failed' ? progress.failure : null)
  const sqlOf = (steps: readonly (PlanViewStep | null)[]): string =>
    steps.flatMap((one) => (one?.statements ?? []).map((text) => `${text};`)).join('\n')
  const choice = (key: string, label: string, text: string, what: string): readonly Choice[] =>
    text === '' ? [] : [{ key, label, detail: '', does: { kind: 'copy', text, what } }]
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
        ...choice('e', 'the error', failure === null ? '' : failureText(failure), 'The error'),
        ...choice('s', 'the SQL of this step', sqlOf([step]), 'The SQL of the step'),
        ...choice('a', 'the SQL of the whole plan', sqlOf(stepsOf(screen)), 'The SQL of the plan'),
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

/** The plan with a step selected, and the list scrolled to it. */
export function selecting(app: AppState, screen: PlanScreen, selected: number): PlanScreen {
  const { stepRows: height } = planPanes(app, screen)
  const top = scrolledTop(screen.top, selected, { height, count: stepsOf(screen).length })
  return { ...screen, selected, top, detailTop: 0 }
}
