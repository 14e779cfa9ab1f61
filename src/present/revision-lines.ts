/** Revisions as lines: history, heads, branches, current, and one in full. */
import type { CurrentDocument, RevisionDocument, ShowDocument } from '../workflows/documents.js'
import { cleanLine, cleanText } from './clean.js'
import { failedLines, revisionState } from './failed-run-lines.js'
import { fieldLines } from './field-lines.js'
import type { Field } from './field-lines.js'
import type { Look } from './look.js'
import { counted, tableLines, wrap } from './text-width.js'
import type { Cell } from './text-width.js'

export interface ListChoices {
  readonly verbose: boolean
  /** Whether to say in words where the database stands. */
  readonly indicateCurrent: boolean
}

/** One line a revision, newest first; in a pipe `parent -> revision (marks), message`. */
export function revisionLines(
  revisions: readonly RevisionDocument[],
  choices: ListChoices,
  look: Look,
): readonly string[] {
  if (choices.verbose) {
    return revisions.flatMap((revision, index) => [
      ...(index === 0 ? [] : ['']),
      ...verboseLines(revision, look),
    ])
  }
  if (look.width === null) {
    return revisions.map((revision) => pipedLine(revision, choices.indicateCurrent))
  }
  return tableLines(
    revisions.map((revision) => revisionCells(revision, look)),
    look,
  )
}

/** `●`, id, message and marks of a revision, as a row. */
export function revisionCells(revision: RevisionDocument, look: Look): readonly Cell[] {
  const { theme } = look
  return [
    { text: stateGlyph(revision, look), style: revision.applied ? theme.good : theme.faint },
    { text: cleanLine(revision.revision), style: theme.name },
    { text: marksOf(revision, true).join(', '), style: theme.strong },
    { text: cleanLine(revision.message) },
  ]
}

/** The sign for where a revision stands. */
export function stateGlyph(revision: RevisionDocument, look: Look): string {
  const { glyphs } = look.theme
  if (revision.missing) return glyphs.missing
  if (revision.current) return glyphs.current
  return revision.applied ? glyphs.applied : glyphs.pending
}

/** Heads alone, as `revision (marks)` in a pipe. */
export function headLines(
  revisions: readonly RevisionDocument[],
  verbose: boolean,
  look: Look,
): readonly string[] {
  if (verbose || look.width !== null) {
    return revisionLines(revisions, { verbose, indicateCurrent: true }, look)
  }
  return revisions.map((revision) => {
    const marks = marksOf(revision, false)
    return `${cleanLine(revision.revision)}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`
  })
}

/** Where the database stands; in a pipe the current revisions alone, one a line. */
export function currentLines(
  document: CurrentDocument,
  verbose: boolean,
  look: Look,
): readonly string[] {
  const { theme, width } = look
  const revisions = document.current.map((revision) => {
    const mark = document.missing.includes(revision)
      ? ' (file missing)'
      : document.heads.includes(revision)
        ? ' (head)'
        : ''
    return `${theme.name(cleanLine(revision))}${mark}`
  })
  if (width === null && !verbose) return revisions
  const state = stateText(document)
  const fields: readonly Field[] = [
    { name: 'Database', text: `${cleanLine(document.database)} (${document.dialect})` },
    {
      name: 'Current',
      text: revisions.length === 0 ? 'none: no revision is applied' : revisions.join(', '),
    },
    {
      name: document.heads.length > 1 ? 'Heads' : 'Head',
      text: document.heads.map(cleanLine).join(', ') || 'none: no revision is written',
    },
    { name: 'State', text: document.atHead ? theme.good(state) : theme.strong(state) },
  ]
  return fieldLines(fields, look)
}

function stateText({ atHead, pending, missing }: CurrentDocument): string {
  if (atHead) return 'at the head'
  return [
    ...(missing.length === 0
      ? []
      : [`${counted(missing.length, 'file')} missing: migrate-tui verify tells which`]),
    ...(pending === 0 ? [] : [`${counted(pending, 'revision')} pending`]),
  ].join(', ')
}

/** One revision in full: its place, what it does, its statements, and what the history recorded. */
export function showLines(document: ShowDocument, look: Look): readonly string[] {
  const { recorded } = document
  return [
    ...verboseLines(document, look),
    ...section('Failed', failedLines(document, look), look),
    ...section('Operations', document.operations.map(cleanLine), look),
    ...section('Up', directionLines(document, 'up', look), look),
    ...section('Down', directionLines(document, 'down', look), look),
    ...(recorded === null
      ? []
      : section(
          'Recorded',
          fieldLines(
            [
              { name: 'State', text: recorded.state },
              {
                name: 'Applied',
                text: `${cleanLine(recorded.appliedAt)} by ${cleanLine(recorded.by)}`,
              },
              {
                name: 'Duration',
                text: recorded.durationMs === null ? '' : `${recorded.durationMs} ms`,
              },
              { name: 'Checksum', text: checksumText(document, recorded.checksum) },
              { name: 'Version', text: cleanLine(recorded.toolVersion) },
              { name: 'Consent', text: recorded.hazards.map(cleanLine).join(', ') },
            ],
            look,
          ),
          look,
        )),
  ]
}

function directionLines(
  { statements, unforeseen }: ShowDocument,
  direction: 'up' | 'down',
  look: Look,
): readonly string[] {
  const lines = statementLines(statements[direction])
  const reason = unforeseen[direction]
  if (reason === null) return lines
  const text = `${lines.length === 0 ? 'Statements' : 'Other statements'} not known: ${cleanLine(reason)}`
  const width = look.width === null ? null : look.width - 2
  return [...lines, ...wrap(text, width).map(look.theme.note)]
}

function checksumText({ checksum: now, missing }: ShowDocument, recorded: string | null): string {
  if (missing) return recorded ?? ''
  if (recorded === null) return `${now} (none was recorded)`
  return now === recorded ? `${now} (unchanged)` : `${now} (was ${recorded}: the script was edited)`
}

/** Statements as they would run, each ending in a semicolon. */
export function statementLines(statements: readonly string[]): readonly string[] {
  return statements.flatMap((statement) =>
    cleanText(statement.trimEnd().replace(/;?$/, ';')).split('\n'),
  )
}

function verboseLines(revision: RevisionDocument, look: Look): readonly string[] {
  const { theme } = look
  const marks = marksOf(revision, true)
  const title = `Revision ${theme.name(cleanLine(revision.revision))}`
  const list = (names: readonly string[]): string => names.map(cleanLine).join(', ')
  return [
    `${theme.strong(title)}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`,
    ...fieldLines(
      [
        { name: 'Message', text: cleanLine(revision.message) },
        { name: 'Follows', text: list(revision.downRevision) || 'nothing: a base' },
        { name: 'Depends on', text: list(revision.dependsOn) },
        { name: 'Labels', text: list(revision.branchLabels) },
        { name: 'Created', text: cleanLine(revision.createdAt ?? '') },
        { name: 'State', text: revisionState(revision) },
        {
          name: 'Path',
          text: revision.missing
            ? 'its file is missing'
            : cleanLine(revision.path ?? "none: Knex's migrationSource has it"),
        },
      ],
      look,
    ).map((line) => `  ${line}`),
  ]
}

function pipedLine(revision: RevisionDocument, indicateCurrent: boolean): string {
  const parents = revision.downRevision.map(cleanLine).join(', ') || '<base>'
  const marks = marksOf(revision, indicateCurrent)
  const marked = marks.length === 0 ? '' : ` (${marks.join(', ')})`
  return `${parents} -> ${cleanLine(revision.revision)}${marked}, ${cleanLine(revision.message)}`
}

function marksOf(revision: RevisionDocument, indicateCurrent: boolean): readonly string[] {
  return [
    ...(revision.missing ? ['file missing'] : []),
    ...(revision.head ? ['head'] : []),
    ...(indicateCurrent && revision.current ? ['current'] : []),
    ...(revision.downRevision.length > 1 ? ['merge'] : []),
    ...failedMark(revision),
    ...revision.branchLabels.map(cleanLine),
  ]
}

function failedMark({ failed }: RevisionDocument): readonly string[] {
  if (failed?.isHalfDone !== true) return []
  return [failed.hasEnded ? 'failed half-way' : 'no end recorded']
}

function section(title: string, lines: readonly string[], look: Look): readonly string[] {
  if (lines.length === 0) return []
  return ['', look.theme.strong(title), ...lines.map((line) => `  ${line}`)]
}
