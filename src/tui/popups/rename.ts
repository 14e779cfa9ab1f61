/** The question whether a dropped and an added table or column are one and the same: what its keys do. */
import type { SampleDocument } from '../../workflows/screens/screen-documents.js'
import { asking } from '../call.js'
import { comparedDocument } from '../comparison.js'
import type { Step } from '../messages.js'
import { answerTo } from '../renames.js'
import { renameAnswered, renamePutOff } from '../screens/review/answers.js'
import type { AppState } from '../state.js'
import { noticed, topPopup, withTopPopup } from '../changed.js'
import type { Popup } from './popup.js'

type RenamePopup = Extract<Popup, { readonly kind: 'rename' }>

/** What a key does to the question. */
export function renameKey(app: AppState, popup: RenamePopup, key: string): Step {
  switch (key) {
    case 'r':
      return renameAnswered(app, true)
    case 'n':
      return renameAnswered(app, false)
    case 's':
      return renameAnswered(app, 'skip')
    case 'up':
    case 'k':
      return [withTopPopup(app, { ...popup, selected: moved(popup.selected, -1) }), []]
    case 'down':
    case 'j':
      return [withTopPopup(app, { ...popup, selected: moved(popup.selected, 1) }), []]
    case 'enter':
      return taken(app, popup.selected)
    case 'v':
      return askSamples(app, popup)
    case 'escape':
      return renamePutOff(app)
    default:
      return [app, []]
  }
}

/** The values that were asked for. */
export function samplesArrived(app: AppState, samples: SampleDocument): Step {
  const popup = topPopup(app)
  return popup?.kind === 'rename' ? [withTopPopup(app, { ...popup, samples }), []] : [app, []]
}

/** The values that were asked for could not be read. */
export function samplesFailed(app: AppState, message: string): Step {
  const popup = topPopup(app)
  if (popup?.kind !== 'rename') return [app, []]
  return [noticed(withTopPopup(app, { ...popup, samples: null }), message, 'bad'), []]
}

function moved(selected: number | null, by: -1 | 1): number {
  if (selected === null) return by > 0 ? 0 : 2
  return Math.max(0, Math.min(2, selected + by))
}

function taken(app: AppState, selected: number | null): Step {
  switch (selected) {
    case 0:
      return renameAnswered(app, true)
    case 1:
      return renameAnswered(app, false)
    case 2:
      return renameAnswered(app, 'skip')
    default:
      return [noticed(app, 'Choose first: r, n or s, or move to one.'), []]
  }
}

/** The database knows the table by the name that it has now, whatever was answered. */
function askSamples(app: AppState, popup: RenamePopup): Step {
  const { table, column } = answerTo(popup.asks, comparedDocument(app))
  if (column === null) return [noticed(app, 'Values can be shown of a column, not of a table.'), []]
  const before = app.answers.renames.find((one) => one.column === null && one.to === table)
  const loading = withTopPopup(app, { ...popup, samples: 'loading' })
  return asking(loading, 'samples', 'samples', { table: before?.table ?? table, column })
}
