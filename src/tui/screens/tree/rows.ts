/** The revisions that the tree shows, with their lanes: worked out once for each document and filter. */
import { basename } from 'node:path'
import type { LaneRow } from '../../../present/lanes.js'
import { laneRows } from '../../../present/lanes.js'
import type { OverviewDocument, TreeRevision } from '../../../workflows/screens/screen-documents.js'
import type { AppState } from '../../state.js'

export interface TreeRow {
  readonly revision: TreeRevision
  readonly lane: LaneRow
}

interface Rows {
  readonly all: readonly TreeRow[]
  readonly indexOf: ReadonlyMap<string, number>
  /** Columns of the widest lanes. */
  readonly lanes: number
}

/** Rows with what they were worked out from beside the document. */
interface Known extends Marks {
  readonly rows: Rows
}

/** What is known of revisions only by and by. */
type Marks = Pick<AppState['tree'], 'broken' | 'losing'>

const known = new WeakMap<OverviewDocument, Map<string, Known>>()

/** The rows that match the filter, newest first. */
export function treeRows(app: AppState): readonly TreeRow[] {
  return rowsOf(app).all
}

/** How many columns the lanes of all rows take. */
export function laneWidth(app: AppState): number {
  return rowsOf(app).lanes
}

/** The place of the selected revision among the rows; 0 where it is not among them. */
export function selectedIndex(app: AppState): number {
  const { selected } = app.tree
  return selected === null ? 0 : (rowsOf(app).indexOf.get(selected) ?? 0)
}

/** The place of a revision among the rows; null where it is not shown. */
export function indexOfRevision(app: AppState, id: string): number | null {
  return rowsOf(app).indexOf.get(id) ?? null
}

/** The selected revision; null where there is none at all. */
export function selectedRevision(app: AppState): TreeRevision | null {
  return treeRows(app)[selectedIndex(app)]?.revision ?? null
}

const NONE: Rows = { all: [], indexOf: new Map(), lanes: 0 }

function rowsOf({ overview, tree }: AppState): Rows {
  const document = overview.value
  if (document === null) return NONE
  const byFilter = known.get(document) ?? new Map<string, Known>()
  known.set(document, byFilter)
  const filter = (tree.field?.text ?? tree.filter).trim().toLowerCase()
  const there = byFilter.get(filter)
  const { broken, losing } = tree
  const isAsThen = there?.broken === broken && there.losing === losing
  if (there !== undefined && (isAsThen || filter === '')) return there.rows
  const rows = made(document, filter, tree)
  byFilter.set(filter, { rows, broken, losing })
  return rows
}

function made(document: OverviewDocument, filter: string, marks: Marks): Rows {
  const words = filter.split(/\s+/).filter((word) => word !== '')
  const revisions =
    words.length === 0
      ? document.revisions
      : document.revisions.filter((revision) => matches(revision, words, marks))
  const lanes = laneRows(
    revisions.map((revision) => ({
      id: revision.revision,
      parents: revision.downRevision,
      dependencies: revision.dependsOn,
    })),
  )
  const all: TreeRow[] = []
  const indexOf = new Map<string, number>()
  let widest = 0
  for (const [index, lane] of lanes.entries()) {
    const revision = revisions[index]
    if (revision === undefined) continue
    all.push({ revision, lane })
    indexOf.set(revision.revision, index)
    widest = Math.max(widest, lane.cells.length)
  }
  return { all, indexOf, lanes: widest }
}

function matches(revision: TreeRevision, words: readonly string[], marks: Marks): boolean {
  // The folders above are the same for all.
  const file = revision.path === null ? [] : [basename(revision.path)]
  const { revision: id, message, branchLabels } = revision
  const said = [...wordsOf(revision), ...markWords(revision, marks)]
  const text = [id, message, ...file, ...branchLabels, ...said].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

/** What is told of a revision once it was looked into. */
function markWords({ revision, path, applied }: TreeRevision, marks: Marks): readonly string[] {
  return [
    ...(path !== null && marks.broken.has(path) ? ['syntax error'] : []),
    ...(!applied && marks.losing.has(revision) ? ['loses data'] : []),
  ]
}

/** What a revision is, in words: what its sign says too. */
export function wordsOf(revision: TreeRevision): readonly string[] {
  return [
    ...STATE_WORDS[revision.state],
    ...(revision.downRevision.length > 1 ? ['merge'] : []),
    ...(revision.fillIn ? ['to fill in'] : []),
    ...(revision.head ? ['head'] : []),
  ]
}

const STATE_WORDS: Readonly<Record<TreeRevision['state'], readonly string[]>> = {
  applied: ['applied'],
  current: ['current'],
  pending: ['pending'],
  failed: ['failed'],
  partial: ['partial'],
  fileMissing: ['file missing'],
}
