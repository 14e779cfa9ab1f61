/** What a command wrote, found or offers, where that is a short list. */
import type {
  InitDocument,
  MigrateDocument,
  RevisionDocument,
  TemplateDocument,
  VerifyDocument,
  WrittenDocument,
} from '../workflows/documents.js'
import { cleanLine } from './clean.js'
import { afterword, changeLines } from './comparison-lines.js'
import { fieldLines } from './field-lines.js'
import type { Look } from './look.js'
import { counted, tableLines, wrap } from './text-width.js'

/** The result of `revision` and `merge`. */
export function writtenLines(document: WrittenDocument, look: Look): readonly string[] {
  return [wroteLine(document, look)]
}

/** The result of `migrate`; `isPlan` where nothing was to be written. */
export function migrateLines(
  document: MigrateDocument,
  isPlan: boolean,
  look: Look,
): readonly string[] {
  const { theme } = look
  const { changes, revision } = document
  const [renames, leftAlone, notes, [, compared = '']] = afterword(
    { ...document, upToDate: changes.length === 0 },
    look,
  )
  const nothing = `${theme.good(theme.glyphs.done)} Nothing to write: the database is what the models say.`
  const planned = theme.strong(`${counted(changes.length, 'change')}. Nothing was written.`)
  const result =
    changes.length === 0
      ? nothing
      : isPlan || revision === null
        ? planned
        : wroteLine(document, look)
  return [
    ...changes.flatMap((change) => changeLines(change, look)),
    ...renames,
    ...leftAlone,
    ...notes,
    result,
    compared,
  ]
}

function wroteLine({ revision, path }: WrittenDocument, { theme }: Look): string {
  return `${theme.good(theme.glyphs.done)} Wrote revision ${theme.name(cleanLine(revision ?? ''))}: ${cleanLine(path ?? '')}`
}

/** The result of `edit`: the script was read again and holds. */
export function editLines(document: RevisionDocument, { theme }: Look): readonly string[] {
  return [
    `${theme.good(theme.glyphs.done)} Revision ${theme.name(cleanLine(document.revision))} reads well: ${cleanLine(document.path ?? '')}`,
  ]
}

/** The files that `init` wrote. */
export function initLines(document: InitDocument, look: Look): readonly string[] {
  return [
    ...document.written.map(
      (path) => `${look.theme.good(look.theme.glyphs.added)} ${cleanLine(path)}`,
    ),
    ...document.notes.flatMap((note) => wrap(cleanLine(note), look.width)),
  ]
}

/** What `verify` found, each with what mends it. */
export function verifyLines(document: VerifyDocument, look: Look): readonly string[] {
  const { theme } = look
  const notes = document.notes.flatMap(({ message }) => wrap(cleanLine(message), look.width))
  if (document.findings.length === 0) {
    const agreed = notes.length === 0 ? 'Scripts, history and database' : 'Scripts and history'
    return [theme.good(`${theme.glyphs.done} ${agreed} agree.`), ...notes]
  }
  const found = document.findings.flatMap((finding) => [
    `${theme.bad(theme.glyphs.failed)} ${theme.name(cleanLine(finding.revision))}: ${cleanLine(finding.message)} [${finding.code}]`,
    ...fieldLines([{ name: 'next', text: cleanLine(finding.fix) }], look).map(
      (line) => `    ${line}`,
    ),
  ])
  return [...found, ...notes]
}

/** The templates that `init` can copy. */
export function templateLines(
  templates: readonly TemplateDocument[],
  look: Look,
): readonly string[] {
  return tableLines(
    templates.map(({ name, description }) => [
      { text: cleanLine(name), style: look.theme.name },
      { text: cleanLine(description) },
    ]),
    look,
  )
}
