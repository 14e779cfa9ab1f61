/** What follows from something that happened: the next state, and what is to be done outside. */
import { answered, failed } from './answers.js'
import { asking, inTurn, isAwaited, isWork } from './call.js'
import { askComparisonAgain } from './comparison.js'
import { commandEnded, commandPrinted } from './screens/output/update.js'
import { onKey, onPaste } from './key-press.js'
import { pressKept } from './kept-key.js'
import type { Answered, Failed, Message, Step } from './messages.js'
import { askOverview } from './overview.js'
import { saved } from './screens/tree/syntax.js'
import { askDetail, inView } from './screens/tree/update.js'
import { askMended } from './failures-over.js'
import { hostEnded } from './host-ended.js'
import { lookAgainDue } from './look-again.js'
import { isPlanHeldUp, triesDue, withoutTries } from './tries.js'
import { takeUpTries } from './losses.js'
import { planEvent } from './screens/plan/events.js'
import { planAgain } from './screens/plan/update.js'
import { told } from './leaving.js'
import { withoutPassed } from './passing.js'
import type { AppState } from './state.js'
import { logged, noticed, planAmong, withPopup, withTree } from './changed.js'
import { textField } from './text-field.js'
import { changingCommands, runningPlan } from './under-way.js'

/** The step that a message leads to. */
export function update(app: AppState, message: Message): Step {
  const [next, effects] = inTurn(happened(app, message), takeUpTries)
  return [withoutPassed(next), effects]
}

function happened(app: AppState, message: Message): Step {
  switch (message.kind) {
    case 'key':
      return onKey(app, message.key)
    case 'paste':
      return [onPaste(app, message.text), []]
    case 'resized':
      return [inView({ ...app, size: message.size }), []]
    case 'tick':
      return [app, []]
    case 'answered':
      return isAwaited(app, message)
        ? inTurn(answered(app, message), keptPressed, afterWork(message))
        : [app, []]
    case 'failed':
      return isAwaited(app, message)
        ? inTurn(failed(app, message), keptPressed, afterWork(message))
        : [app, []]
    case 'runEvent': {
      const screen = planAmong(app)
      if (screen === null || !isAwaited(app, message)) return [app, []]
      return planEvent(app, screen, message.event)
    }
    case 'warned':
      return [
        logged(noticed(app, message.message), {
          tone: 'plain',
          text: message.message,
          lines: [],
          command: null,
        }),
        [],
      ]
    case 'asked':
      return asked(app, message)
    case 'hostEnded':
      return hostEnded(app, message)
    case 'due':
      return due(app, message.name)
    case 'changedOutside':
      return changedOutside(
        message.what === 'migrations' ? saved(app, message.paths ?? []) : app,
        message.what,
      )
    case 'editorClosed':
      return editorClosed(app, message)
    case 'copied':
      return [
        message.tooLong
          ? noticed(app, `${message.what} is too long for the terminal's clipboard.`, 'bad')
          : noticed(app, `${message.what} is in the clipboard, if the terminal allows it.`),
        [],
      ]
    case 'commandPrinted':
      return [commandPrinted(app, message), []]
    case 'commandEnded':
      return commandEnded(app, message)
    case 'told':
      return told(app, message.signal)
  }
}

/** What was put off. */
function due(app: AppState, name: string): Step {
  switch (name) {
    case 'detail':
      return askDetail(app)
    case 'tries':
      return triesDue(app)
    case 'plan':
      return isPlanHeldUp(app) ? inTurn(withoutTries(app), planOfScreen) : [app, []]
    case 'overview':
    case 'comparison':
      return lookAgainDue(app, name)
    default:
      return [app, []]
  }
}

/**
 * Where the database stands after a call that may have moved it, whatever came of the call: nobody
 * looks whether others move it until that is known again.
 */
function afterWork({ name }: Pick<Answered | Failed, 'name'>): (app: AppState) => Step {
  return (app) => {
    const isKnown = app.calls.has('overview') || app.leavesWith !== null
    return isWork(name) && !isKnown ? askOverview(app) : [app, []]
  }
}

function keptPressed(app: AppState): Step {
  return pressKept(app, onKey)
}

/** A question of the host; one that nobody expects is answered with no. */
function asked(app: AppState, message: Extract<Message, { readonly kind: 'asked' }>): Step {
  const { slot, ticket, question, asks } = message
  if (asks.kind !== 'loss' || !isAwaited(app, message)) {
    const value = asks.kind === 'fill' ? null : false
    return [app, [{ kind: 'answer', slot, ticket, question, value }]]
  }
  const popup = { kind: 'loss', asks: asks.question, slot, ticket, question } as const
  return [withPopup(app, { ...popup, field: textField(), openedAt: app.now }), []]
}

/** Files or the database moved in another window; the place in them is kept. */
function changedOutside(
  app: AppState,
  what: 'config' | 'migrations' | 'models' | 'database',
): Step {
  // What our own run or command moves is read again when it ends.
  const isRunning = runningPlan(app) !== null || changingCommands(app).length > 0
  switch (what) {
    case 'models':
      return askComparisonAgain(app)
    case 'config':
    case 'migrations':
    case 'database': {
      if (isRunning) return [app, []]
      const stale = withTree(app, { effects: new Map(), scripts: new Map() })
      const said =
        what === 'database'
          ? noticed(stale, 'The database moved: another process changed it. Read again.')
          : stale
      return inTurn(
        askOverview(said),
        askDetail,
        (next) => (what === 'database' ? [next, []] : askMended(next)),
        (next) =>
          what === 'migrations'
            ? planOfScreen(next)
            : inTurn(askComparisonAgain(next), planOfScreen),
      )
    }
  }
}

/** A plan that is open and at rest is made again. */
function planOfScreen(app: AppState): Step {
  const screen = planAmong(app)
  return screen?.running === null ? planAgain(app, screen) : [app, []]
}

function editorClosed(
  app: AppState,
  message: Extract<Message, { readonly kind: 'editorClosed' }>,
): Step {
  const { path, before, result } = message
  if (result.kind === 'missing') {
    return [
      noticed(
        app,
        `The editor ${result.program} was not found: set $EDITOR to one that is installed.`,
        'bad',
      ),
      [],
    ]
  }
  const isScript = (app.overview.value?.revisions ?? []).some((one) => one.path === path)
  const said =
    result.exit === 0 ? app : noticed(app, `The editor ended with exit code ${result.exit}.`, 'bad')
  if (isScript) return askEdited(said, path, before)
  // What did not load was mended, or not: only then is it known what there is to compare.
  return app.overview.value === null ? askOverview(said) : askComparisonAgain(said)
}

function askEdited(app: AppState, path: string, before: string): Step {
  return asking(app, 'edited', 'edited', { path, before })
}
