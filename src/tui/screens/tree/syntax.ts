/**
 * Scripts that do not parse: those that are about to run are looked at where there are few, and those
 * that were saved since the start. A long history is never read for it.
 */
import type {
  SyntaxDocument,
  SyntaxProblem,
  TreeRevision,
} from '../../../workflows/screens/screen-documents.js'
import { asking, withoutCall } from '../../call.js'
import { withTree } from '../../changed.js'
import type { Step } from '../../messages.js'
import type { AppState } from '../../state.js'
import { LOOKED_AT } from '../../tries.js'

const SYNTAX = 'syntax'

/** The state after these were saved; an answer that is on its way may be about what they were before. */
export function saved(app: AppState, paths: readonly string[]): AppState {
  if (paths.length === 0) return app
  const touched = [
    ...new Set([...app.tree.touched.filter((one) => !paths.includes(one)), ...paths]),
  ]
  return withTree(withoutCall(app, SYNTAX), { touched: touched.slice(-LOOKED_AT) })
}

/** Asks which of the revisions do not parse. */
export function askSyntax(app: AppState): Step {
  const { value } = app.overview
  if (value === null) return [app, []]
  const isShort = value.pending <= LOOKED_AT
  const touched = new Set(app.tree.touched)
  const paths = value.revisions.flatMap(({ path, applied }) =>
    path !== null && ((isShort && !applied) || touched.has(path)) ? [path] : [],
  )
  if (paths.length > 0) return asking(app, SYNTAX, 'syntax', { paths })
  return [withTree(app, { broken: new Map() }), []]
}

/** The state after it is known which do not. */
export function syntaxArrived(app: AppState, { broken }: SyntaxDocument): AppState {
  return withTree(app, { broken: new Map(broken.map((one) => [one.path, one])) })
}

/** What keeps the script of a revision from being parsed; null where nothing is known to. */
export function syntaxProblem(
  { tree }: Pick<AppState, 'tree'>,
  { path }: TreeRevision,
): SyntaxProblem | null {
  return path === null ? null : (tree.broken.get(path) ?? null)
}
