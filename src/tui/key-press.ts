/** A key on its way: to the line that is typed, to the popup, or to the action that the screen binds it to. */
import { bindingsOf } from './bindings.js'
import { commandKey } from './command-line/update.js'
import { askComparisonAgain } from './comparison.js'
import { inTurn } from './call.js'
import { boundTo } from './keys/binding.js'
import type { EverywhereAction, MoveAction } from './keys/everywhere.js'
import { EVERYWHERE, isMove } from './keys/everywhere.js'
import { keeping } from './kept-key.js'
import { layoutOf } from './layout.js'
import { askMended } from './failures-over.js'
import { endCommand, interrupt, quit } from './leaving.js'
import type { Step } from './messages.js'
import { askEverything } from './overview.js'
import { isText } from './popups/popup.js'
import { popupKey, popupPaste } from './popups/keys.js'
import type { DiffAction } from './screens/diff/keys.js'
import { diffAction, diffMove } from './screens/diff/update.js'
import type { LogAction } from './screens/log/keys.js'
import { logAction, logMove } from './screens/log/update.js'
import type { OutputAction } from './screens/output/keys.js'
import { outputAction, outputMove } from './screens/output/update.js'
import type { PlanAction } from './screens/plan/keys.js'
import { planAction, planMove } from './screens/plan/update.js'
import type { ReviewAction } from './screens/review/keys.js'
import { reviewAction, reviewMove } from './screens/review/update.js'
import type { TreeAction } from './screens/tree/keys.js'
import { inView, treeAction, treeMove } from './screens/tree/update.js'
import type { AppState } from './state.js'
import { noticed, topPopup, topScreen, withPopup, withTree } from './changed.js'
import { readingAgain, unavailable, workNotice } from './passing.js'
import { stopPlanning } from './tries.js'
import { pasted, type TextField, textField, typed } from './text-field.js'

/** The step that a key leads to. */
export function onKey(was: AppState, key: string): Step {
  const before = was.kept === null ? was : { ...was, kept: null }
  // Ctrl-c and ctrl-z are never letters of a text.
  if (key === 'ctrl+c') return interrupt(before)
  if (key === 'ctrl+z') return [before, [{ kind: 'suspend' }]]
  // Nobody sees what any other key would do.
  if (layoutOf(before).isTooSmall) return isQuit(before, key) ? quit(before) : [before, []]
  const apart = escapeAnd(before, key)
  if (apart !== null) return inTurn(onKey(before, 'escape'), (app) => onKey(app, apart))
  const popup = topPopup(before)
  // A text may cover what went wrong meanwhile: it is seen once that is closed.
  const isCovered = popup !== null && isText(popup) && before.notice?.tone === 'bad'
  const app = isCovered ? before : { ...before, notice: workNotice(before) }
  if (app.commandLine !== null) return commandKey(app, app.commandLine, key)
  if (popup !== null) return popupKey(app, popup, key)
  if (topScreen(app) === null && app.tree.field !== null) return filterKey(app, key)
  return bound(app, key)
}

function isQuit({ keys }: AppState, key: string): boolean {
  return boundTo(EVERYWHERE, key, keys)?.action === 'quit'
}

/**
 * The key after an escape, of two that arrived at once: terminals send alt that way, but a slow line
 * or a busy machine joins them too. Null where alt is meant, and where a loss is being agreed to: there
 * no key may reach what stands behind the question.
 */
function escapeAnd(app: AppState, key: string): string | null {
  if (!key.startsWith('alt+') || topPopup(app)?.kind === 'loss') return null
  const field = typedField(app)
  const isMeant =
    field === null ? boundTo(bindingsOf(app), key, app.keys) !== null : typed(field, key) !== null
  return isMeant ? null : key.slice('alt+'.length)
}

/** The text that is being typed; null where keys are no letters. */
function typedField(app: AppState): TextField | null {
  if (app.commandLine !== null) return app.commandLine.field
  const popup = topPopup(app)
  if (popup !== null) return popup.kind === 'field' ? popup.field : null
  return topScreen(app) === null ? app.tree.field : null
}

/** The state after text was pasted: only what takes text takes it. */
export function onPaste(app: AppState, text: string): AppState {
  if (layoutOf(app).isTooSmall) return app
  if (app.commandLine !== null) {
    return {
      ...app,
      commandLine: { ...app.commandLine, field: pasted(app.commandLine.field, text), back: 0 },
    }
  }
  const popup = topPopup(app)
  if (popup !== null) return popupPaste(app, popup, text)
  const { field } = app.tree
  if (topScreen(app) !== null || field === null) return app
  return withTree(app, { field: pasted(field, text) })
}

function bound(app: AppState, key: string): Step {
  const found = boundTo(bindingsOf(app), key, app.keys)
  if (found === null) return [app, []]
  const why = found.unavailable?.(app) ?? null
  if (why !== null) return [keeping(app, key, why) ?? unavailable(app, key, why), []]
  if (EVERYWHERE.some((one) => one === found)) {
    return everywhere(app, found.action as EverywhereAction)
  }
  if (isMove(found.action)) return move(app, found.action)
  return acted(app, found.action)
}

function move(app: AppState, action: MoveAction): Step {
  const screen = topScreen(app)
  switch (screen?.kind) {
    case undefined:
      return treeMove(app, action)
    case 'diff':
      return diffMove(app, screen, action)
    case 'review':
      return reviewMove(app, screen, action)
    case 'plan':
      return planMove(app, screen, action)
    case 'output':
      return outputMove(app, screen, action)
    case 'log':
      return logMove(app, screen, action)
  }
}

/** The action belongs to the shown screen, since its bindings were asked. */
function acted(app: AppState, action: string): Step {
  const screen = topScreen(app)
  switch (screen?.kind) {
    case undefined:
      return treeAction(app, action as TreeAction)
    case 'diff':
      return diffAction(app, screen, action as DiffAction)
    case 'review':
      return reviewAction(app, screen, action as ReviewAction)
    case 'plan':
      return planAction(app, screen, action as PlanAction)
    case 'output':
      return outputAction(app, screen, action as OutputAction)
    case 'log':
      return logAction(app, screen, action as LogAction)
  }
}

function everywhere(app: AppState, action: EverywhereAction): Step {
  switch (action) {
    case 'back':
      return back(app)
    case 'help':
      return [withPopup(app, { kind: 'help', top: 0 }), []]
    case 'command':
      return [{ ...app, commandLine: { field: textField(), back: 0, typed: '' } }, []]
    case 'log':
      return topScreen(app)?.kind === 'log'
        ? back(app)
        : [{ ...app, screens: [...app.screens, { kind: 'log', top: Number.MAX_SAFE_INTEGER }] }, []]
    case 'refresh':
      return inTurn(askEverything(readingAgain(app)), askMended)
    case 'repaint':
      return [app, [{ kind: 'repaint' }]]
    case 'suspend':
      return [app, [{ kind: 'suspend' }]]
    case 'interrupt':
      return interrupt(app)
    case 'quit':
      return quit(app)
  }
}

/** One level back: out of a screen, a pane, a zoom, a filter. It never quits and never acts. */
function back(app: AppState): Step {
  const screen = topScreen(app)
  if (screen !== null) {
    if (screen.kind === 'plan' && screen.running !== null) {
      return [noticed(app, 'A step runs: ctrl-c stops after it.'), []]
    }
    if (screen.kind === 'plan' && screen.plan.isLoading) {
      // Nobody waits for it any more, and it might never end.
      return inTurn(stopPlanning(app), (next) => [withoutScreen(next), []])
    }
    const under = withoutScreen(app)
    const isAnswered =
      app.answers.renames.length + app.answers.apart.length + app.answers.dropUnmanaged.length > 0
    // Answers belong to the review that asked; the next one asks again.
    if (screen.kind !== 'review' || !isAnswered) {
      return screen.kind === 'output' ? endCommand(under, screen.id) : [under, []]
    }
    return inTurn(
      [{ ...under, answers: { renames: [], apart: [], dropUnmanaged: [] } }, []],
      askComparisonAgain,
    )
  }
  const { tree } = app
  if (tree.isZoomed) return [withTree(app, { isZoomed: false }), []]
  if (tree.focus === 'detail') return [withTree(app, { focus: 'revisions' }), []]
  if (tree.filter !== '') return [inView(withTree(app, { filter: '', top: 0 })), []]
  return [noticed(app, 'This is the first screen: q quits.'), []]
}

function withoutScreen(app: AppState): AppState {
  return { ...app, screens: app.screens.slice(0, -1) }
}

function filterKey(app: AppState, key: string): Step {
  const { field } = app.tree
  if (field === null || key === 'escape') {
    return [inView(withTree(app, { field: null, filter: '' })), []]
  }
  if (key === 'enter') {
    const found = inView(withTree(app, { field: null, filter: field.text.trim() }))
    return treeMoveNowhere(found)
  }
  if (key === 'up' || key === 'down') return treeMove(app, key)
  const next = typed(field, key)
  return next === null ? [app, []] : [inView(withTree(app, { field: next, top: 0 })), []]
}

/** Asks for the detail of what is selected now. */
function treeMoveNowhere(app: AppState): Step {
  return [app, [{ kind: 'later', name: 'detail', ms: 0 }]]
}
