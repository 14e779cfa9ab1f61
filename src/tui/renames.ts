/** Rename questions and their answers. */
import type { ChangeDocument, RenameQuestion } from '../workflows/documents.js'
import type { RenameAnswer } from '../workflows/options.js'
import type { ReviewAnswers, ReviewDocument } from '../workflows/screens/screen-documents.js'

/** What a question is about, as an answer names it; the table's own name may hold dots. */
export function answerTo(
  { kind, from, to }: RenameQuestion,
  document: ReviewDocument | null,
): RenameAnswer {
  if (kind === 'table') return { table: from, column: null, to }
  const tables = (document?.tables ?? []).flatMap(namesOf)
  const known = tables
    .filter((name) => from.startsWith(`${name}.`))
    .reduce((longest, name) => (name.length > longest.length ? name : longest), '')
  const at = known === '' ? from.lastIndexOf('.') : known.length
  return { table: from.slice(0, at), column: from.slice(at + 1), to }
}

/** An open question with what an answer to it names. */
export interface OpenRename {
  readonly question: RenameQuestion
  readonly pair: RenameAnswer
}

const known = new WeakMap<ReviewDocument, readonly OpenRename[]>()

/** The open questions of a comparison; read once, since every row of every table looks at them. */
export function openRenames(document: ReviewDocument): readonly OpenRename[] {
  const there = known.get(document)
  if (there !== undefined) return there
  const made = document.renames.map((question) => ({
    question,
    pair: answerTo(question, document),
  }))
  known.set(document, made)
  return made
}

/** The names of a table: its own, and the one that it had before an answered rename. */
export function namesOf({
  table,
  rows,
}: Pick<ReviewDocument['tables'][number], 'table' | 'rows'>): readonly string[] {
  const before = rows.find((row) => row.facet === 'table')?.database ?? null
  return before === null ? [table] : [table, before]
}

/** The changes that stand for both sides of a pair while it is no rename; null where there is none. */
export function sidesOf(
  { table, column, to }: RenameAnswer,
  { changes, tables }: ReviewDocument,
): { readonly drop: ChangeDocument | null; readonly add: ChangeDocument | null } {
  const names = tables.map(namesOf).find((all) => all.includes(table)) ?? [table]
  const find = (kind: ChangeDocument['kind'], name: string): ChangeDocument | null =>
    changes.find(
      (change) =>
        change.kind === kind &&
        change.name === name &&
        (column === null || (change.table !== null && names.includes(change.table))),
    ) ?? null
  return column === null
    ? { drop: find('dropTable', table), add: find('createTable', to) }
    : { drop: find('dropColumn', column), add: find('addColumn', to) }
}

/** How many rows a change would lose, counted live; null where that is not known. */
export function rowsLost(change: ChangeDocument | null): number | null {
  return change?.hazards.find((hazard) => hazard.rows !== null)?.rows ?? null
}

/** The answers with a pair as a rename; another rename of either side gives way. */
export function withRename(answers: ReviewAnswers, pair: RenameAnswer): ReviewAnswers {
  return {
    ...answers,
    renames: [...answers.renames.filter((one) => !touches(one, pair)), pair],
    apart: answers.apart.filter((one) => !isSamePair(one, pair)),
  }
}

/** The answers with a pair that is no rename. */
export function withApart(answers: ReviewAnswers, pair: RenameAnswer): ReviewAnswers {
  return {
    ...answers,
    renames: answers.renames.filter((one) => !isSamePair(one, pair)),
    apart: [...answers.apart.filter((one) => !isSamePair(one, pair)), pair],
  }
}

function isSamePair(one: RenameAnswer, other: RenameAnswer): boolean {
  return one.table === other.table && one.column === other.column && one.to === other.to
}

function touches(one: RenameAnswer, other: RenameAnswer): boolean {
  if (one.column === null || other.column === null) {
    return one.column === other.column && (one.table === other.table || one.to === other.to)
  }
  return one.table === other.table && (one.column === other.column || one.to === other.to)
}
