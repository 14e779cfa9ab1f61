/** What the overview changes when it arrives, or does not. */
import type { HostFailure } from '../host/calls.js'
import type { OverviewDocument } from '../workflows/screens/screen-documents.js'
import { inTurn } from './call.js'
import { logged, noticed, withTree } from './changed.js'
import { askComparison, askComparisonAgain } from './comparison.js'
import { idLength } from './draw/words.js'
import { stale } from './edited.js'
import { failuresMoved } from './failures-over.js'
import { isLeftToKey } from './host-ended.js'
import { askLosses } from './losses.js'
import type { Step } from './messages.js'
import { databasesChoices } from './screens/tree/choices.js'
import { indexOfRevision } from './screens/tree/rows.js'
import { askSyntax } from './screens/tree/syntax.js'
import { askDetail, inView } from './screens/tree/update.js'
import type { AppState } from './state.js'

/** The step after the overview arrived: what hangs on it is asked for. */
export function overviewArrived(app: AppState, document: OverviewDocument): Step {
  const known = app.overview.value
  const name = document.database.name
  // What a revision's facts say of runs is of the history before.
  const moved = known !== null && known.position !== document.position
  const firstSeen = app.firstSeen.has(name)
    ? app.firstSeen
    : new Map(app.firstSeen).set(name, document.current)
  const well = known === null ? app : failuresMoved(app, known, document)
  const isMended = app.notice !== null && app.notice.text === app.overview.failure?.message
  const next = {
    ...(moved ? stale(well) : well),
    notice: isMended ? null : app.notice,
    firstSeen,
    overview: { value: document, failure: null, isLoading: false },
    project: {
      ...app.project,
      database: app.project.database ?? (document.databases.length > 1 ? name : null),
    },
    keys: document.project.keys,
    idLength: idLength(document.revisions.map(({ revision }) => revision)),
  }
  const { selected } = next.tree
  const isGone = selected === null || indexOfRevision(next, selected) === null
  const fallback = document.current[0] ?? document.revisions[0]?.revision ?? null
  const shown = inView(isGone ? withTree(next, { selected: fallback }) : next)
  const watch = { kind: 'watch', project: next.project, paths: document.watched } as const
  return inTurn(
    [shown, [watch]],
    askDetail,
    askLosses,
    (then) =>
      known === null ? askComparison(then) : moved ? askComparisonAgain(then) : [then, []],
    askSyntax,
  )
}

/** The step after it could not be read. Nothing may be known of the project then but where its configuration would be. */
export function overviewFailed(app: AppState, failure: HostFailure): Step {
  if (app.overview.value !== null) {
    // That its process ended so often, and what starts another, was told already, and says more.
    const isTold = failure.code === 'HOST_DIED' && isLeftToKey(app, 'look')
    return [isTold ? app : noticed(inLog(app, failure), failure.message, 'bad'), []]
  }
  const { path } = failure.details
  const config = [app.project.cwd, ...(typeof path === 'string' ? [path] : [])]
  const watch = {
    kind: 'watch',
    project: app.project,
    paths: { config, migrations: [], models: [] },
  } as const
  const isAsked = app.popups.length > 0 || app.screens.length > 0
  const asks = failure.code === 'DATABASE_UNCHOSEN' && !isAsked
  return [asks ? databasesChoices(app) : app, [watch]]
}

/** The state with why what is shown is stale in the log: the next key takes the notice away. */
function inLog(app: AppState, { message, why, state, fix }: HostFailure): AppState {
  const text = message.split('\n')[0] ?? ''
  if (app.log.at(-1)?.text === text) return app
  const lines = [why, state, fix].filter((line) => line !== null)
  return logged(app, { tone: 'plain', text, lines, command: null })
}
