/** The question for an empty revision: what it is for, and which head it is to follow. */
import { typedId } from '../../../present/typed-revision.js'
import { commandLike } from '../../commands-like.js'
import { withPopup } from '../../changed.js'
import type { AppState } from '../../state.js'
import { textField } from '../../text-field.js'
import { selectedRevision } from './rows.js'

/** Why no revision can be written here: of several heads it follows the selected one. */
export function whyNoHead(app: AppState): string | null {
  const heads = headsOf(app)
  return heads.length < 2 || selectedHead(app) !== null
    ? null
    : `There are ${heads.length} heads: select the one that it is to follow, or join them with m.`
}

/** The state with that question over it. */
export function askNewRevision(app: AppState): AppState {
  const [only] = headsOf(app)
  const chosen = headsOf(app).length < 2 ? null : selectedHead(app)
  const place = only === undefined ? 'as the first revision' : `after ${chosen ?? only}`
  const options = chosen === null ? [] : ['--head', typedId(chosen)]
  return withPopup(app, {
    kind: 'field',
    title: 'New revision',
    text: [`What is it for? An empty script is written ${place}, and opened with e.`],
    field: textField(),
    purpose: { kind: 'newRevision', head: chosen === null ? 'head' : typedId(chosen) },
    command: commandLike(app, 'revision', '-m', '…', ...options),
  })
}

function headsOf({ overview }: AppState): readonly string[] {
  return overview.value?.heads ?? []
}

function selectedHead(app: AppState): string | null {
  const id = selectedRevision(app)?.revision
  return headsOf(app).find((head) => head === id) ?? null
}
