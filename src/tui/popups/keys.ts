/** What keys do in a popup. */
import { cleanLine } from '../../present/clean.js'
import { asking, inTurn, isWork } from '../call.js'
import { asciiLine } from '../draw/ascii-line.js'
import { movedTo, isMove, MOVES } from '../keys/everywhere.js'
import { boundTo } from '../keys/binding.js'
import { failureText } from '../failure-text.js'
import { stopAndQuit } from '../leaving.js'
import type { Effect, Step } from '../messages.js'
import { askOverview } from '../overview.js'
import { runSteps } from '../screens/plan/update.js'
import { chosenInReview, fieldEntered } from '../screens/review/update.js'
import { writeTyped } from '../screens/tree/choices.js'
import type { AppState } from '../state.js'
import type { Loaded } from '../loaded.js'
import { noticed, topScreen, withPopup, withTopPopup } from '../changed.js'
import { notLoaded } from '../loaded.js'
import { withoutTries } from '../tries.js'
import { pasted, typed } from '../text-field.js'
import { popupText } from './lines.js'
import type { Chosen, Popup } from './popup.js'
import { fileToMend, isText, MUTED_MS } from './popup.js'
import { renameKey } from './rename.js'
import { scrolledBy } from './scroll.js'

type Of<K extends Popup['kind']> = Extract<Popup, { readonly kind: K }>

/** The step that a key leads to in the popup that has the keys. */
export function popupKey(app: AppState, popup: Popup, key: string): Step {
  if (isText(popup)) return pressed(app, popup, key)
  const scrolled = scrolledBy(app, popup, key)
  if (scrolled !== null) return [scrolled, []]
  // Any other key is about what answers: that is seen again.
  return pressed(app, popup.scrolled == null ? popup : { ...popup, scrolled: null }, key)
}

function pressed(app: AppState, popup: Popup, key: string): Step {
  switch (popup.kind) {
    case 'help':
    case 'viewer':
    case 'failure':
      return textKey(app, popup, key)
    case 'choice':
      return choiceKey(app, popup, key)
    case 'field':
      return fieldKey(app, popup, key)
    case 'loss':
      return lossKey(app, popup, key)
    case 'rename':
      return renameKey(app, popup, key)
  }
}

/** The state after a paste; a loss is typed by hand. */
export function popupPaste(app: AppState, popup: Popup, text: string): AppState {
  if (popup.kind !== 'field') return app
  return withTopPopup(app, { ...popup, field: pasted(popup.field, text) })
}

function textKey(app: AppState, popup: Of<'help' | 'viewer' | 'failure'>, key: string): Step {
  const found = boundTo(MOVES, key, app.keys)
  if (found !== null && isMove(found.action)) {
    const { length, page } = popupText(app, popup)
    const count = Math.max(1, length - page + 1)
    return [
      withTopPopup(app, { ...popup, top: movedTo(found.action, popup.top, { count, page }) }),
      [],
    ]
  }
  if (key === 'y' && popup.kind !== 'help') {
    const [text, what] =
      popup.kind === 'failure'
        ? [failureText(popup.failure), 'The error']
        : [popup.lines.join('\n'), popup.title]
    return [app, [{ kind: 'copy', text, what }]]
  }
  const path = popup.kind === 'failure' ? fileToMend(app.start, popup) : null
  if (key === 'e' && path !== null) {
    const line = popup.kind === 'failure' ? popup.failure.details.line : null
    const effect = { kind: 'edit', path, line: typeof line === 'number' ? line : null } as const
    return [withTopPopup(app, null), [effect]]
  }
  const closes = ['escape', 'enter', 'q', ...(popup.kind === 'help' ? ['?'] : [])]
  return closes.includes(key) ? [withTopPopup(app, null), []] : [app, []]
}

function choiceKey(app: AppState, popup: Of<'choice'>, key: string): Step {
  if (key === 'escape') return [withTopPopup(app, null), []]
  const { choices, selected } = popup
  const chosen = choices.find((choice) => choice.key === key)
  if (chosen !== undefined) return chose(withTopPopup(app, null), chosen.does)
  const found = boundTo(MOVES, key, app.keys)
  if (found !== null && isMove(found.action)) {
    const next = movedTo(found.action, selected, { count: choices.length, page: choices.length })
    return [withTopPopup(app, { ...popup, selected: next }), []]
  }
  const there = choices[selected]
  if (key !== 'enter' || there === undefined) return [app, []]
  if (popup.takesEnter || there.does.kind === 'nothing')
    return chose(withTopPopup(app, null), there.does)
  return [noticed(app, `Press ${there.key}: enter does not confirm this.`), []]
}

/** The step that a choice leads to. */
function chose(app: AppState, chosen: Chosen): Step {
  const screen = topScreen(app)
  switch (chosen.kind) {
    case 'nothing':
      return [app, []]
    case 'copy':
      return [app, [{ kind: 'copy', text: chosen.text, what: chosen.what }]]
    case 'database':
      return otherDatabase(app, chosen.name)
    case 'stamp':
      return asking(noticed(app, 'Stamping …'), 'stamp', 'stamp', {
        revisions: [chosen.revision],
        sql: false,
        tag: null,
        purge: false,
      })
    case 'merge':
      return writeTyped(app, { kind: 'merge' }, 'merge heads')
    case 'runStep':
      return screen?.kind === 'plan' ? runSteps(app, screen, 1) : [app, []]
    case 'runBatch':
      return screen?.kind === 'plan' ? runSteps(app, screen, chosen.steps) : [app, []]
    case 'stopAndQuit':
      return stopAndQuit(app)
    case 'show':
      return [
        withPopup(app, { kind: 'viewer', title: chosen.title, lines: chosen.lines, top: 0 }),
        [],
      ]
    case 'rename':
    case 'dropUnmanaged':
    case 'write':
      return chosenInReview(app, chosen)
  }
}

/** Everything of another database; what was seen of this one is forgotten. */
function otherDatabase(app: AppState, name: string): Step {
  const fresh = <T>(): Loaded<T> => notLoaded()
  const [free, kills] = withoutTries(app)
  return inTurn(
    [
      {
        ...free,
        project: { ...app.project, database: name },
        overview: fresh(),
        comparison: fresh(),
        answers: { renames: [], apart: [], dropUnmanaged: [] },
        tree: {
          ...app.tree,
          selected: null,
          top: 0,
          scripts: new Map(),
          effects: new Map(),
          losing: new Set(),
        },
        screens: [],
        // What writes is still waited for; what only looked did so at the other database.
        calls: new Map([...app.calls].filter(([, { name: call }]) => isWork(call))),
      },
      kills,
    ],
    askOverview,
  )
}

function fieldKey(app: AppState, popup: Of<'field'>, key: string): Step {
  if (key === 'escape') return [withTopPopup(app, null), []]
  if (key === 'enter') {
    const text = popup.field.text.trim()
    const { purpose } = popup
    if (purpose.kind === 'newRevision' || purpose.kind === 'merge') {
      if (text === '') return [noticed(app, 'A few words are needed: they name the file.'), []]
      return writeTyped(withTopPopup(app, null), purpose, text)
    }
    return fieldEntered(withTopPopup(app, null), purpose, text)
  }
  const field = typed(popup.field, key)
  return field === null ? [app, []] : [withTopPopup(app, { ...popup, field }), []]
}

/** Consent to a loss: only the whole name, typed after the question was there. */
function lossKey(app: AppState, popup: Of<'loss'>, key: string): Step {
  const answer = (value: boolean): readonly Effect[] => [
    { kind: 'answer', slot: popup.slot, ticket: popup.ticket, question: popup.question, value },
  ]
  if (key === 'escape') return [withTopPopup(app, null), answer(false)]
  if (app.now - popup.openedAt < MUTED_MS) return [app, []]
  if (key === 'enter') {
    if (asTyped(popup.field.text) !== asTyped(popup.asks.object)) {
      return [
        noticed(app, `Type ${popup.asks.object} to go on, or press esc: nothing is lost then.`),
        [],
      ]
    }
    return [withTopPopup({ ...app, notice: null }, null), answer(true)]
  }
  const field = typed(popup.field, key)
  return field === null ? [app, []] : [withTopPopup(app, { ...popup, field }), []]
}

/** A name as it is shown and can be typed: a control character in it is drawn as a sign of ours. */
function asTyped(name: string): string {
  return asciiLine(cleanLine(name)).normalize().trim()
}
