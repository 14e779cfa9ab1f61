/** What the keys of a review do, and what answers make of it. */
import type { RenameAnswer } from '../../../workflows/options.js'
import type { ReviewDocument } from '../../../workflows/screen-documents.js'
import { asking, inTurn } from '../../call.js'
import { askComparisonAgain } from '../../comparison.js'
import { commandLike } from '../../commands-like.js'
import type { MoveAction } from '../../keys/everywhere.js'
import { movedTo } from '../../keys/everywhere.js'
import type { Step } from '../../messages.js'
import { askRename, asking as askingRename } from '../../popups/ask-rename.js'
import type { Choice, Chosen, FieldPurpose } from '../../popups/popup.js'
import { viewerWidth } from '../../popups/viewer-width.js'
import { answerTo, rowsLost, sidesOf, withApart, withRename } from '../../renames.js'
import type { AppState } from '../../state.js'
import { noticed, topPopup, topScreen, withPopup, withScreen, withTopPopup } from '../../state.js'
import { textField } from '../../text-field.js'
import { counted } from '../../../present/text-width.js'
import { chosenFrom } from '../tree/update.js'
import { isCommandEqual, reviewCommand } from './command.js'
import { wholeChange, detailLength } from './detail-lines.js'
import { askFill } from './fills.js'
import type { ReviewAction } from './keys.js'
import { modelOfChange } from './keys.js'
import { reviewPlaces, settled } from './places.js'
import {
  fillFor,
  fillKey,
  openFills,
  orderKept,
  orderedChanges,
  partsOf,
  reviewRows,
  selectedChange,
  selectedIndex,
  selectedRow,
} from './rows.js'
import type { ReviewScreen } from './state.js'
import { renameBehind, renameTargets } from './targets.js'
import { askToWrite } from './writing.js'

/** What an action of the review leads to. */
export function reviewAction(app: AppState, screen: ReviewScreen, action: ReviewAction): Step {
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
      return markRename(app, screen)
    case 'fill': {
      const change = selectedChange(app, screen)
      const question = change === null ? null : fillFor(app.comparison.value, change)
      return [question === null ? app : askFill(app, screen, { question, thenWrites: false }), []]
    }
    case 'write':
      return [askToWrite(app, screen), []]
    case 'showDown':
      return [withScreen(app, { ...screen, showsDown: !screen.showsDown, detailTop: 0 }), []]
    case 'editModel': {
      const change = selectedChange(app, screen)
      const path = change === null ? null : modelOfChange(app, change)
      return path === null ? [app, []] : [app, [{ kind: 'edit', path, line: null }]]
    }
    case 'copyReview':
      return [copy(app, screen), []]
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
  return [withScreen(app, selecting(app, screen, Math.max(0, place))), []]
}

/** A comparison that has arrived: what the person chose stays, the next open question opens. */
export function reviewArrived(app: AppState, screen: ReviewScreen, document: ReviewDocument): Step {
  const ids = new Set(document.changes.map(({ id }) => id))
  const columns = new Set(document.fills.map(fillKey))
  const kept: ReviewScreen = {
    ...screen,
    order: screen.order === null ? null : orderKept(screen.order, document),
    leftOut: new Set([...screen.leftOut].filter((id) => ids.has(id))),
    second: new Set([...screen.second].filter((id) => ids.has(id))),
    fills: new Map([...screen.fills].filter(([column]) => columns.has(column))),
  }
  const flags = new Set(document.renames.map(({ flag }) => flag))
  const popups = app.popups.filter((popup) => popup.kind !== 'rename' || flags.has(popup.asks.flag))
  const next = withScreen({ ...app, popups }, settled(app, kept))
  return [popups.length > 0 ? next : askRename(next, kept), []]
}

/** The answer to the question that is shown; `skip` leaves both sides out of the revision. */
export function renameAnswered(app: AppState, isRename: boolean | 'skip'): Step {
  const popup = topPopup(app)
  if (popup?.kind !== 'rename') return [app, []]
  const document = app.comparison.value
  const pair = answerTo(popup.asks, document)
  const closed = withTopPopup(app, null)
  const screen = topScreen(closed)
  if (isRename === 'skip') {
    if (screen?.kind !== 'review' || document === null) return [closed, []]
    const { drop, add } = sidesOf(pair, document)
    const ids = [drop, add].flatMap((change) => change?.id ?? [])
    const next: ReviewScreen = {
      ...screen,
      asked: screen.asked + 1,
      skipped: new Set([...screen.skipped, popup.asks.flag]),
      leftOut: new Set([...screen.leftOut, ...ids]),
    }
    return [askRename(withScreen(closed, next), next), []]
  }
  const answers = (isRename ? withRename : withApart)(app.answers, pair)
  const counting =
    screen?.kind === 'review' ? withScreen(closed, { ...screen, asked: screen.asked + 1 }) : closed
  return askComparisonAgain({ ...counting, answers })
}

/** Closes the question that is shown and does not open it again by itself; both sides stay as they are. */
export function renamePutOff(app: AppState): Step {
  const popup = topPopup(app)
  if (popup?.kind !== 'rename') return [app, []]
  const closed = withTopPopup(app, null)
  const screen = topScreen(closed)
  if (screen?.kind !== 'review') return [closed, []]
  const skipped = new Set([...screen.skipped, popup.asks.flag])
  return [withScreen(closed, { ...screen, skipped }), []]
}

/** Writes what is ticked; values that rows need are asked for first, one after the other. */
export function writeReview(app: AppState, screen: ReviewScreen): Step {
  const document = app.comparison.value
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
  const fills = new Map(screen.fills).set(fillKey(purpose.question), typed)
  const next = { ...screen, fills }
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
      return askComparisonAgain({
        ...app,
        answers: withRename(app.answers, { table, column, to }),
      })
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
  const text = isGoing
    ? `${table} is left alone.`
    : `${table} is among the changes now, as a drop: g reviews them.`
  const next = {
    ...app.answers,
    dropUnmanaged: isGoing
      ? dropUnmanaged.filter((one) => one !== table)
      : [...dropUnmanaged, table],
  }
  return askComparisonAgain(noticed({ ...app, answers: next }, text))
}

function selecting(app: AppState, screen: ReviewScreen, place: number): ReviewScreen {
  const selected = reviewRows(app, screen)[place]?.key ?? null
  const moved = { ...screen, selected, place }
  return settled(app, selected === screen.selected ? moved : { ...moved, detailTop: 0 })
}

function toggled(app: AppState, screen: ReviewScreen, what: 'leftOut' | 'second'): ReviewScreen {
  const change = selectedChange(app, screen)
  if (change === null) return screen
  const ids = new Set(screen[what])
  if (!ids.delete(change.id)) ids.add(change.id)
  return { ...screen, selected: change.id, [what]: ids }
}

function reordered(app: AppState, screen: ReviewScreen, by: -1 | 1): ReviewScreen {
  const document = app.comparison.value
  const change = selectedChange(app, screen)
  if (document === null || change === null) return screen
  const order = orderedChanges(document, screen).map(({ id }) => id)
  const from = order.indexOf(change.id)
  const to = from + by
  if (to < 0 || to >= order.length) return screen
  const moved = order.toSpliced(from, 1).toSpliced(to, 0, change.id)
  const place = selectedIndex(app, screen) + by
  return settled(app, { ...screen, order: moved, selected: change.id, place })
}

function open(app: AppState, screen: ReviewScreen): AppState {
  const row = selectedRow(app, screen)
  const document = app.comparison.value
  if (row === null || document === null) return app
  if (row.kind === 'question') {
    return askingRename(app, row.question, {
      asked: screen.asked,
      open: document.renames.length,
    })
  }
  const lines = wholeChange(row.change, viewerWidth(app))
  return withPopup(app, { kind: 'viewer', title: row.change.summary, lines, top: 0 })
}

function askMessage(app: AppState, screen: ReviewScreen): AppState {
  const change = selectedChange(app, screen)
  const part = change !== null && screen.second.has(change.id) ? 1 : 0
  const document = app.comparison.value
  const isTwo = document !== null && partsOf(document, screen).length > 1
  return withPopup(app, {
    kind: 'field',
    title: isTwo ? `Message of revision ${part + 1} of 2` : 'Message',
    text: ['What the revision is for. Empty takes it from the changes.'],
    field: textField(screen.messages[part] ?? ''),
    purpose: { kind: 'message', part },
    command: commandLike(app, 'migrate', '-m', '…'),
  })
}

function markRename(app: AppState, screen: ReviewScreen): Step {
  const row = selectedRow(app, screen)
  const document = app.comparison.value
  if (row === null || document === null) return [app, []]
  if (row.kind === 'question') return [open(app, screen), []]
  const made = renameBehind(app, row.change)
  if (made !== null) {
    const said = noticed(app, `${oldName(made)} and ${made.to} are two again: t joins them.`)
    return askComparisonAgain({ ...said, answers: withApart(app.answers, made) })
  }
  const choices = renameTargets(document, row.change).map((pair, index): Choice => {
    const { drop } = sidesOf(pair, document)
    const rows = rowsLost(drop)
    return {
      key: index < 9 ? String(index + 1) : '',
      label: `${oldName(pair)} → ${pair.to}`,
      detail: rows === null ? '' : `keeps ${counted(rows, 'value')}`,
      does: { kind: 'rename', ...pair },
    }
  })
  const text = ['Instead of a drop and an add, which lose what is in it.']
  const popup = { title: 'Which rename is it?', text, choices, takesEnter: true, command: null }
  return inTurn([chosenFrom(app, popup), []])
}

function oldName({ table, column }: RenameAnswer): string {
  return column === null ? table : `${table}.${column}`
}

function copy(app: AppState, screen: ReviewScreen): AppState {
  const document = app.comparison.value
  const change = selectedChange(app, screen)
  const all = document === null ? [] : orderedChanges(document, screen)
  const command = reviewCommand(app, screen)
  const sqlOf = (statements: readonly string[]): string =>
    statements.map((sql) => `${sql};`).join('\n')
  const choice = (key: string, label: string, detail: string, text: string): Choice => ({
    key,
    label,
    detail,
    does: { kind: 'copy', text, what: `${label[0]?.toUpperCase() ?? ''}${label.slice(1)}` },
  })
  const whole = isCommandEqual(screen)
    ? command
    : `${command}   (all changes, in one revision: it cannot leave out, move or split)`
  return chosenFrom(app, {
    title: 'Copy',
    text: [],
    choices: [
      choice('c', 'the command line', whole, command),
      ...(change === null
        ? []
        : [
            choice(
              's',
              'the SQL of this change',
              '',
              sqlOf(screen.showsDown ? change.down : change.up),
            ),
          ]),
      choice(
        'a',
        'the SQL of all ticked changes',
        '',
        sqlOf(all.filter(({ id }) => !screen.leftOut.has(id)).flatMap(({ up }) => up)),
      ),
    ],
    takesEnter: true,
    command: null,
  })
}
