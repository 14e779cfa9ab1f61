/** What the keys of a review do, and what is typed and chosen in it. */
import { asking } from '../../call.js'
import { commandLike } from '../../commands-like.js'
import { askComparisonAgain, comparedDocument } from '../../comparison.js'
import type { MoveAction } from '../../keys/everywhere.js'
import { movedTo } from '../../keys/everywhere.js'
import type { Step } from '../../messages.js'
import { askThis } from '../../popups/ask-rename.js'
import type { Chosen, FieldPurpose } from '../../popups/popup.js'
import { viewerWidth } from '../../popups/viewer-width.js'
import { withRename } from '../../renames.js'
import type { AppState } from '../../state.js'
import { noticed, topScreen, withPopup, withScreen } from '../../changed.js'
import { textField } from '../../text-field.js'
import { reordered, selecting, toggled } from './arrange.js'
import { copyFrom, markRename } from './choices.js'
import { detailLength, wholeChange } from './detail-lines.js'
import { askFill } from './fills.js'
import type { ReviewAction } from './keys.js'
import { reviewPlaces } from './places.js'
import {
  fillFor,
  fillKey,
  isSplit,
  openFills,
  partsOf,
  reviewRows,
  selectedChange,
  selectedIndex,
  selectedRow,
} from './rows.js'
import type { ReviewScreen } from './state.js'
import { modelOfChange } from './targets.js'
import { askToWrite } from './writing.js'

export { reviewArrived } from './answers.js'

/** What an action of the review leads to. */
export function reviewAction(app: AppState, screen: ReviewScreen, action: ReviewAction): Step {
  const change = selectedChange(app, screen)
  switch (action) {
    case 'openChange':
      return [open(app, screen), []]
    case 'tick':
      return [withScreen(app, toggled(app, screen, 'leftOut')), []]
    case 'second':
      return [withScreen(app, toggled(app, screen, 'second')), []]
    case 'moveUp':
      return [withScreen(app, reordered(app, screen, -1)), []]
    case 'moveDown':
      return [withScreen(app, reordered(app, screen, 1)), []]
    case 'message':
      return [askMessage(app, screen), []]
    case 'markRename':
      return change === null ? [open(app, screen), []] : markRename(app, change)
    case 'fill': {
      const question = change === null ? null : fillFor(comparedDocument(app), change)
      return [question === null ? app : askFill(app, screen, { question, thenWrites: false }), []]
    }
    case 'write':
      return [askToWrite(app, screen), []]
    case 'showDown':
      return [withScreen(app, { ...screen, showsDown: !screen.showsDown, detailTop: 0 }), []]
    case 'editModel': {
      const path = change === null ? null : modelOfChange(app, change)
      return path === null ? [app, []] : [app, [{ kind: 'edit', path, line: null }]]
    }
    case 'copyReview':
      return [copyFrom(app, screen), []]
    case 'pane': {
      const focus = screen.focus === 'changes' ? 'detail' : 'changes'
      return [withScreen(app, { ...screen, focus }), []]
    }
  }
}

/** Moves in the pane that has the focus. */
export function reviewMove(app: AppState, screen: ReviewScreen, move: MoveAction): Step {
  const { detailRows, listRows } = reviewPlaces(app, screen)
  if (screen.focus === 'detail') {
    const count = Math.max(1, detailLength(app, screen) - detailRows + 1)
    const detailTop = movedTo(move, screen.detailTop, { count, page: detailRows })
    return [withScreen(app, { ...screen, detailTop }), []]
  }
  const rows = reviewRows(app, screen)
  const place = movedTo(move, selectedIndex(app, screen), { count: rows.length, page: listRows })
  return [withScreen(app, selecting(app, screen, place)), []]
}

/** Writes what is ticked; values that rows need are asked for first, one after the other. */
export function writeReview(app: AppState, screen: ReviewScreen): Step {
  const document = comparedDocument(app)
  if (document === null) return [app, []]
  const [question] = openFills(document, screen)
  if (question !== undefined) return [askFill(app, screen, { question, thenWrites: true }), []]
  const fills = document.fills.flatMap(({ table, column }) => {
    const sql = screen.fills.get(fillKey({ table, column })) ?? null
    return sql === null ? [] : [{ table, column, sql }]
  })
  return asking(noticed(app, 'Writing …'), 'written', 'write', {
    answers: app.answers,
    parts: partsOf(document, screen),
    fills,
    partial: document.failures.length > 0,
  })
}

/** A message or a value that was typed; empty is none. */
export function fieldEntered(
  app: AppState,
  purpose: Extract<FieldPurpose, { readonly kind: 'message' | 'fill' }>,
  text: string,
): Step {
  const screen = topScreen(app)
  if (screen?.kind !== 'review') return [app, []]
  const typed = text.trim() === '' ? null : text.trim()
  if (purpose.kind === 'message') {
    const [first, second] = screen.messages
    const messages = purpose.part === 0 ? ([typed, second] as const) : ([first, typed] as const)
    return [withScreen(app, { ...screen, messages }), []]
  }
  const next = { ...screen, fills: new Map(screen.fills).set(fillKey(purpose.question), typed) }
  const filled = withScreen(app, next)
  return purpose.thenWrites ? writeReview(filled, next) : [filled, []]
}

/** What was chosen in a list of the review, or of the diff. */
export function chosenInReview(
  app: AppState,
  chosen: Extract<Chosen, { readonly kind: 'rename' | 'dropUnmanaged' | 'write' }>,
): Step {
  switch (chosen.kind) {
    case 'rename': {
      const { table, column, to } = chosen
      const answers = withRename(app.answers, { table, column, to })
      return askComparisonAgain({ ...app, answers })
    }
    case 'dropUnmanaged':
      return toggleDrop(app, chosen.table)
    case 'write': {
      const screen = topScreen(app)
      return screen?.kind === 'review' ? writeReview(app, screen) : [app, []]
    }
  }
}

function toggleDrop(app: AppState, table: string): Step {
  const { dropUnmanaged } = app.answers
  const isGoing = dropUnmanaged.includes(table)
  const left = dropUnmanaged.filter((one) => one !== table)
  const answers = { ...app.answers, dropUnmanaged: isGoing ? left : [...left, table] }
  const text = isGoing
    ? `${table} is left alone.`
    : `${table} is a drop among the changes now: g reviews them. Nothing was dropped.`
  return askComparisonAgain(noticed({ ...app, answers }, text))
}

function open(app: AppState, screen: ReviewScreen): AppState {
  const row = selectedRow(app, screen)
  switch (row?.kind) {
    case undefined:
      return app
    case 'question':
      return askThis(app, row.question, screen.asked)
    case 'change': {
      const lines = wholeChange(row.change, viewerWidth(app))
      return withPopup(app, { kind: 'viewer', title: row.change.summary, lines, top: 0 })
    }
  }
}

function askMessage(app: AppState, screen: ReviewScreen): AppState {
  const change = selectedChange(app, screen)
  const document = comparedDocument(app)
  const part = change !== null && screen.second.has(change.id) ? 1 : 0
  return withPopup(app, {
    kind: 'field',
    title:
      document !== null && isSplit(document, screen)
        ? `Message of revision ${part + 1} of 2`
        : 'Message',
    text: ['What the revision is for. Empty takes it from the changes.'],
    field: textField(screen.messages[part] ?? ''),
    purpose: { kind: 'message', part },
    command: commandLike(app, 'migrate', '-m', '…'),
  })
}
