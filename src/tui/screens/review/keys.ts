/** The keys of a review. */
import { comparedDocument } from '../../comparison.js'
import type { Binding } from '../../keys/binding.js'
import { binding } from '../../keys/binding.js'
import type { AppState } from '../../state.js'
import { topScreen } from '../../changed.js'
import { whyReadOnly } from '../tree/keys.js'
import { fillFor, partsOf, reviewRows, selectedChange, selectedIndex, selectedRow } from './rows.js'
import type { ReviewScreen } from './state.js'
import { modelOfChange, renameBehind, renameTargets } from './targets.js'

export type ReviewAction =
  | 'openChange'
  | 'tick'
  | 'moveUp'
  | 'moveDown'
  | 'second'
  | 'message'
  | 'markRename'
  | 'fill'
  | 'write'
  | 'showDown'
  | 'editModel'
  | 'copyReview'
  | 'pane'

export const REVIEW_KEYS: readonly Binding<ReviewAction>[] = [
  binding('write', ['w'], 'Write the revision; it says what goes in, and asks once', {
    short: 'write',
    unavailable: (app) => whyReadOnly(app) ?? whyNotWrite(app),
  }),
  binding('tick', ['space'], 'Leave the change out, or take it in again', {
    short: 'tick',
    unavailable: whyNoChange,
  }),
  binding('markRename', ['t'], 'Make a drop and an add a rename, or take a rename apart', {
    short: 'rename',
    unavailable: whyNoRename,
  }),
  binding('fill', ['f'], 'Set the value that existing rows get in a new column', {
    short: 'fill',
    unavailable: whyNoFill,
  }),
  binding('message', ['M'], 'Write the message of the revision that the change goes into', {
    short: 'message',
    unavailable: whyEmpty,
  }),
  binding('second', ['2'], 'Put the change into a second revision, and back', {
    short: 'split',
    unavailable: whyNoChange,
  }),
  binding('showDown', ['v'], 'See the way back, and the way there again', {
    short: 'down',
    unavailable: whyEmpty,
  }),
  binding('openChange', ['enter'], 'See the whole change; on a question, answer it', {
    unavailable: whyEmpty,
  }),
  binding('moveUp', ['K', 'shift+up'], 'Run the change earlier', {
    unavailable: (app) => whyNoChange(app) ?? whyAtEnd(app, -1),
  }),
  binding('moveDown', ['J', 'shift+down'], 'Run the change later', {
    unavailable: (app) => whyNoChange(app) ?? whyAtEnd(app, 1),
  }),
  binding('editModel', ['e'], 'Open the model that the change comes from in your editor', {
    unavailable: (app) => whyReadOnly(app) ?? whyNoChange(app) ?? whyNoModel(app),
  }),
  binding('copyReview', ['y'], 'Copy the equal command line, or the SQL', {
    unavailable: whyEmpty,
  }),
  binding('pane', ['tab', 'shift+tab', 'left', 'right', 'h', 'l'], 'Go to the other pane'),
]

function shown(app: AppState): ReviewScreen | null {
  const screen = topScreen(app)
  return screen?.kind === 'review' ? screen : null
}

function whyEmpty(app: AppState): string | null {
  const screen = shown(app)
  if (screen === null || reviewRows(app, screen).length > 0) return null
  if (comparedDocument(app) !== null) return 'Nothing differs: there is nothing to write.'
  return app.comparison.failure === null
    ? 'Models and database are being compared.'
    : 'The comparison failed: mend what it names, and it is made again.'
}

function whyNoChange(app: AppState): string | null {
  const screen = shown(app)
  if (screen === null || selectedChange(app, screen) !== null) return null
  return whyEmpty(app) ?? 'This is a question: enter answers it.'
}

function whyAtEnd(app: AppState, by: number): string | null {
  const screen = shown(app)
  if (screen === null) return null
  const other = reviewRows(app, screen)[selectedIndex(app, screen) + by]
  if (other?.kind === 'change') return null
  return by < 0 ? 'It runs first already.' : 'It runs last already.'
}

function whyNoRename(app: AppState): string | null {
  const screen = shown(app)
  const row = screen === null ? null : selectedRow(app, screen)
  const document = comparedDocument(app)
  if (row === null || document === null) return whyEmpty(app)
  if (row.kind === 'question' || renameBehind(app, row.change) !== null) return null
  return renameTargets(document, row.change).length > 0
    ? null
    : 'Nothing fits: a rename needs a drop and an add of the same kind in one place.'
}

function whyNoFill(app: AppState): string | null {
  const screen = shown(app)
  const change = screen === null ? null : selectedChange(app, screen)
  if (change === null) return whyNoChange(app)
  return fillFor(comparedDocument(app), change) === null
    ? 'No row needs a value here: only a new NOT NULL column of a table with rows does.'
    : null
}

function whyNoModel(app: AppState): string | null {
  const screen = shown(app)
  const change = screen === null ? null : selectedChange(app, screen)
  return change === null || modelOfChange(app, change) !== null
    ? null
    : 'No model claims this table.'
}

function whyNotWrite(app: AppState): string | null {
  const screen = shown(app)
  const document = comparedDocument(app)
  if (screen === null || document === null) return whyEmpty(app)
  if (app.calls.has('written')) return 'It is being written.'
  const pending = app.overview.value?.pending ?? 0
  if (pending > 0) {
    return `${pending} ${pending === 1 ? 'revision is' : 'revisions are'} not applied: upgrade first, the models are compared with the database.`
  }
  const heads = app.overview.value?.heads.length ?? 0
  if (heads > 1) return `There are ${heads} heads: merge them first, with m in the tree.`
  if (app.comparison.isLoading) return 'Models and database are being compared.'
  if (document.changes.length === 0) return 'Nothing differs: there is nothing to write.'
  return partsOf(document, screen).length === 0 ? 'Every change is left out.' : null
}
