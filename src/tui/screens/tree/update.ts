/** What the keys of the tree do. */
import { typedId } from '../../../present/typed-revision.js'
import { asking } from '../../call.js'
import { scrolledTop } from '../../draw/scroll.js'
import type { MoveAction } from '../../keys/everywhere.js'
import { movedTo } from '../../keys/everywhere.js'
import { layoutOf } from '../../layout.js'
import type { Effect, Step } from '../../messages.js'
import type { AppState, DetailTab, TreeScreen } from '../../state.js'
import { noticed, withTree } from '../../changed.js'
import { DETAIL_TABS } from '../../state.js'
import { textField } from '../../text-field.js'
import { runCommand } from '../output/open.js'
import { openDiff } from '../diff/open.js'
import { openPlan } from '../plan/open.js'
import { openReview } from '../review/open.js'
import { detailLength } from './detail-lines.js'
import { copyChoices, databasesChoices, mergeChoices, stampChoices } from './choices.js'
import type { TreeAction } from './keys.js'
import { askNewRevision } from './new-revision.js'
import { indexOfRevision, selectedIndex, selectedRevision, treeRows } from './rows.js'
import { syntaxProblem } from './syntax.js'
import { unreadFile } from './unread-file.js'
import { upgradeTarget } from './upgrade-target.js'

/** Milliseconds that a selection must stay before its script and effect are asked for. */
const SETTLE_MS = 60

/** What an action of the tree leads to. */
export function treeAction(app: AppState, action: TreeAction): Step {
  const { tree } = app
  switch (action) {
    case 'upgrade':
      return openPlan(app, 'up', upgradeTarget(app) ?? 'heads')
    case 'downgrade':
      return downgrade(app)
    case 'generate':
      return openReview(app)
    case 'diff':
      return openDiff(app)
    case 'edit':
      return edit(app)
    case 'filter':
      return [withTree(app, { field: textField(tree.filter), focus: 'revisions' }), []]
    case 'copy':
      return copyChoices(app)
    case 'merge':
      return mergeChoices(app)
    case 'stamp':
      return stampChoices(app)
    case 'newRevision':
      return [askNewRevision(app), []]
    case 'init':
      return runCommand(app, ['init'])
    case 'databases':
      return [databasesChoices(app), []]
    case 'open':
      return tree.focus === 'detail' ? [app, []] : [withTree(app, { focus: 'detail' }), []]
    case 'pane':
      return [
        withTree(app, { focus: tree.focus === 'detail' ? 'revisions' : 'detail', isZoomed: false }),
        [],
      ]
    case 'zoom':
      return [withTree(app, { isZoomed: !tree.isZoomed }), []]
    case 'toCurrent':
      return jumpTo(app, app.overview.value?.current ?? [], 'Nothing is applied.')
    case 'toParent':
      return jumpTo(app, selectedRevision(app)?.downRevision ?? [], 'It follows none.')
    case 'toChild':
      return jumpTo(app, childrenOf(app), 'None follows it.')
    case 'tabScript':
      return tabTo(app, 'script')
    case 'tabSql':
      return tabTo(app, 'sql')
    case 'tabEffect':
      return tabTo(app, 'effect')
    case 'tabInfo':
      return tabTo(app, 'info')
    case 'nextTab':
      return tabTo(app, DETAIL_TABS[(DETAIL_TABS.indexOf(tree.tab) + 1) % DETAIL_TABS.length])
    case 'previousTab':
      return tabTo(app, DETAIL_TABS.at(DETAIL_TABS.indexOf(tree.tab) - 1))
  }
}

/** Moves in the pane that has the focus. */
export function treeMove(app: AppState, action: MoveAction): Step {
  const { tree } = app
  const { treeRows: height, detailRows } = layoutOf(app)
  if (tree.focus === 'detail') {
    const count = Math.max(1, detailLength(app) - detailRows + 1)
    return [
      withTree(app, { detailTop: movedTo(action, tree.detailTop, { count, page: detailRows }) }),
      [],
    ]
  }
  const rows = treeRows(app)
  const index = movedTo(action, selectedIndex(app), { count: rows.length, page: height })
  const revision = rows[index]?.revision.revision
  return revision === undefined ? [app, []] : selecting(app, revision)
}

/** The tree with a revision selected; its detail is asked for once the selection stays. */
function selecting(app: AppState, revision: string): Step {
  const next = inView(withTree(app, { selected: revision, detailTop: 0 }))
  return [next, detailEffects(next)]
}

/** The tree scrolled so that the selection is seen. */
export function inView(app: AppState): AppState {
  const count = treeRows(app).length
  const { treeRows: height } = layoutOf(app)
  const top = scrolledTop(app.tree.top, selectedIndex(app), { height, count })
  return top === app.tree.top ? app : withTree(app, { top })
}

/** Asks for what the detail of the selected revision needs and does not have. */
export function askDetail(app: AppState): Step {
  const revision = selectedRevision(app)
  if (revision === null) return [app, []]
  const id = revision.revision
  const { scripts, effects, tab } = app.tree
  let step: Step = [app, []]
  if (!scripts.has(id)) {
    const [next, more] = asking(step[0], `script:${id}`, 'script', { revision: id })
    step = [withTree(next, { scripts: loading(next.tree.scripts, id) }), [...step[1], ...more]]
  }
  const wantsEffect = tab === 'sql' || tab === 'effect'
  if (wantsEffect && !effects.has(id) && revision.state !== 'fileMissing') {
    const [next, more] = asking(step[0], `effect:${id}`, 'effect', { revision: id })
    step = [withTree(next, { effects: loading(next.tree.effects, id) }), [...step[1], ...more]]
  }
  return step
}

function loading<T>(
  known: ReadonlyMap<string, T>,
  id: string,
): ReadonlyMap<string, T | { value: null; failure: null; isLoading: true }> {
  return new Map<string, T | { value: null; failure: null; isLoading: true }>(known).set(id, {
    value: null,
    failure: null,
    isLoading: true,
  })
}

function detailEffects(app: AppState): readonly Effect[] {
  const id = selectedRevision(app)?.revision
  if (id === undefined) return []
  const { scripts, effects, tab } = app.tree
  const isThere = scripts.has(id) && (tab === 'script' || tab === 'info' || effects.has(id))
  return isThere ? [] : [{ kind: 'later', name: 'detail', ms: SETTLE_MS }]
}

function tabTo(app: AppState, tab: DetailTab | undefined): Step {
  // Where one pane has the whole width, the tab would change out of sight.
  const isAlone = !layoutOf(app).isWide || app.tree.isZoomed
  const focus = isAlone ? 'detail' : app.tree.focus
  const change: Partial<TreeScreen> = { tab: tab ?? 'script', detailTop: 0, focus }
  return askDetail(withTree(app, change))
}

/** Down to the selected revision; a current one is undone, of several that one. */
function downgrade(app: AppState): Step {
  const revision = selectedRevision(app)
  if (revision === null) return openPlan(app, 'down', '-1')
  const id = typedId(revision.revision)
  if (!revision.current) return openPlan(app, 'down', id)
  const isOneOfSeveral = (app.overview.value?.current.length ?? 0) > 1
  return openPlan(app, 'down', isOneOfSeveral ? `${id}@-1` : '-1')
}

function edit(app: AppState): Step {
  const unread = unreadFile(app)
  if (unread !== null) return [app, [{ kind: 'edit', ...unread }]]
  const revision = selectedRevision(app)
  if (revision?.path == null) return [app, []]
  const line = syntaxProblem(app, revision)?.line ?? null
  return [app, [{ kind: 'edit', path: revision.path, line }]]
}

function jumpTo(app: AppState, ids: readonly string[], otherwise: string): Step {
  const [id] = ids
  if (id === undefined) return [noticed(app, otherwise), []]
  if (indexOfRevision(app, id) !== null) return selecting(withTree(app, { focus: 'revisions' }), id)
  if (app.tree.filter === '') return [noticed(app, `${id} has no file here.`), []]
  return selecting(withTree(app, { filter: '', focus: 'revisions' }), id)
}

function childrenOf(app: AppState): readonly string[] {
  const id = selectedRevision(app)?.revision
  return (app.overview.value?.revisions ?? [])
    .filter((one) => id !== undefined && one.downRevision.includes(id))
    .map((one) => one.revision)
}
