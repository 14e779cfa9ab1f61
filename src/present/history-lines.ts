/** The history: a line a revision, in full, or with its graph beside it. */
import type { RevisionDocument } from '../workflows/documents.js'
import { laneText } from './lane-text.js'
import { laneRows } from './lanes.js'
import type { LaneRow } from './lanes.js'
import type { Look } from './look.js'
import { revisionCells, revisionLines, stateGlyph } from './revision-lines.js'
import type { ListChoices } from './revision-lines.js'
import { tableLines } from './text-width.js'

/** Revisions, newest first; with `graph` branches and merges are drawn beside them. */
export function historyLines(
  revisions: readonly RevisionDocument[],
  choices: ListChoices & { readonly graph: boolean },
  look: Look,
): readonly string[] {
  return choices.graph && !choices.verbose
    ? graphLines(revisions, look)
    : revisionLines(revisions, choices, look)
}

function graphLines(revisions: readonly RevisionDocument[], look: Look): readonly string[] {
  const rows = laneRows(
    revisions.map(({ revision, downRevision, dependsOn }) => ({
      id: revision,
      parents: downRevision,
      dependencies: dependsOn,
    })),
  )
  return tableLines(
    revisions.map((revision, index) => {
      const [, ...cells] = revisionCells(revision, look)
      return [{ text: laneCell(rows[index], revision, look) }, ...cells]
    }),
    look,
  )
}

function laneCell(row: LaneRow | undefined, revision: RevisionDocument, look: Look): string {
  return row === undefined ? '' : laneText(row, look.theme.lanes, stateGlyph(revision, look))
}
