/** What differs between models and database, table by table. */
import type {
  ChangeDocument,
  ComparisonDocument,
  HazardDocument,
  RenameQuestion,
} from '../workflows/documents.js'
import { shellWord } from '../shell-word.js'
import { cleanLine } from './clean.js'
import type { Look } from './look.js'
import { counted, wrap } from './text-width.js'

/** The differences, what is left alone and why, and what to type next. */
export function comparisonLines(document: ComparisonDocument, look: Look): readonly string[] {
  const { theme } = look
  const { changes } = document
  const places = [...new Set(changes.map(({ table, name }) => table ?? name))]
  const tables = places.flatMap((place) => [
    theme.strong(cleanLine(place)),
    ...changes
      .filter(({ table, name }) => (table ?? name) === place)
      .flatMap((change) => changeLines(change, look)),
  ])
  return joinBlocks([tables, ...afterword(document, look)])
}

/** What stands under the differences, block by block: renames, what is left alone, notes, the verdict. */
export function afterword(
  document: ComparisonDocument,
  look: Look,
): readonly [readonly string[], readonly string[], readonly string[], readonly string[]] {
  const { theme } = look
  const { compared } = document
  const notes = document.notes.flatMap(({ where, message }) =>
    // A message that names its place first needs no second name before it.
    hanging(
      cleanLine(message.startsWith(`${where} `) ? message : `${where}: ${message}`),
      2,
      6,
      look,
    ),
  )
  return [
    renameLines(document.renames, look),
    leftAloneLines(document, look),
    notes.length === 0 ? [] : [theme.strong('Notes'), ...notes],
    [
      verdict(document, look),
      theme.faint(
        `Compared ${counted(compared.models, 'model')} with ${counted(compared.tables, 'table')} of ${cleanLine(document.database)} (${document.dialect}) at ${compared.current.map(cleanLine).join(', ') || 'base'}; ${headsText(compared.heads)}.`,
      ),
    ],
  ]
}

function headsText(heads: readonly string[]): string {
  return heads.length === 0
    ? 'no revision yet'
    : `${heads.length === 1 ? 'head' : 'heads'} ${heads.map(cleanLine).join(', ')}`
}

/** A change with its sign, its word for a loss, and its hazards below it. */
export function changeLines(change: ChangeDocument, look: Look): readonly string[] {
  const { theme } = look
  const loss = change.destructive ? ` ${theme.bad(`${theme.glyphs.danger} loses data`)}` : ''
  return [
    `  ${signOf(change, look)} ${cleanLine(change.summary)}${loss}`,
    ...change.hazards.flatMap((hazard) => hanging(hazardText(hazard), 6, 6, look)),
  ]
}

/** A hazard in words, with the rows that are at stake. */
function hazardText(hazard: HazardDocument): string {
  const rows = hazard.rows === null ? '' : ` (${counted(hazard.rows, 'row')})`
  return `${cleanLine(hazard.message)}${rows} [${hazard.code}]`
}

function signOf({ kind, destructive }: ChangeDocument, { theme }: Look): string {
  const { glyphs } = theme
  if (/^(?:add|create)/.test(kind)) return theme.good(glyphs.added)
  if (kind.startsWith('drop')) return theme.bad(glyphs.removed)
  return destructive ? theme.bad(glyphs.changed) : theme.note(glyphs.changed)
}

function renameLines(renames: readonly RenameQuestion[], look: Look): readonly string[] {
  const { theme } = look
  if (renames.length === 0) return []
  return [
    theme.strong('Renamed?'),
    ...renames.flatMap((rename) => [
      `  ${theme.note(theme.glyphs.question)} ${cleanLine(rename.from)} ${theme.glyphs.arrow} ${cleanLine(rename.to)}: ${rename.evidence.map(cleanLine).join(', ')}`,
      `      ${cleanLine(rename.flag)}`,
    ]),
  ]
}

function leftAloneLines(document: ComparisonDocument, look: Look): readonly string[] {
  const { undeclared, unmanaged } = document
  if (undeclared.length === 0 && unmanaged.length === 0) return []
  return [
    look.theme.strong('Left alone'),
    ...undeclared.map(
      ({ table, column, type }) =>
        `  ${cleanLine(table)}.${cleanLine(column)} ${cleanLine(type)}: its model does not say it`,
    ),
    ...unmanaged.map(
      (table) =>
        `  ${cleanLine(table)}: no model claims it; to drop it: --drop-unmanaged ${cleanLine(shellWord(table))}`,
    ),
  ]
}

function verdict(document: ComparisonDocument, { theme }: Look): string {
  const { changes, compared } = document
  const several =
    compared.heads.length > 1
      ? `${counted(compared.heads.length, 'head')}: join them with migrate-tui merge.`
      : ''
  if (document.upToDate && changes.length === 0) {
    return several === ''
      ? theme.good(`${theme.glyphs.done} No difference: the database is what the models say.`)
      : theme.strong(several)
  }
  if (changes.length === 0) {
    const unread = document.notes.filter(({ code }) => code === 'MODEL_FAILED').length
    const why =
      unread === 0
        ? 'No difference to write, and open questions: see the notes.'
        : `Not compared whole: ${counted(unread, 'model')} could not be read, see the notes.`
    return theme.strong(`${why} ${several}`.trimEnd())
  }
  const losing = changes.filter(({ destructive }) => destructive).length
  // An enum is of no table.
  const inTables = changes.filter(({ kind }) => !kind.endsWith('Enum'))
  const tables = new Set(inTables.map(({ table, name }) => table ?? name)).size
  const where = tables === 0 ? '' : ` in ${counted(tables, 'table')}`
  const loss =
    losing === 0 ? 'none loses data' : `${losing} ${losing === 1 ? 'loses' : 'lose'} data`
  return theme.strong(
    `${counted(changes.length, 'change')}${where}, ${loss}. Write them with migrate-tui migrate. ${several}`.trimEnd(),
  )
}

/** Wrapped text; `first` and `further` are the spaces before its first line and the others. */
function hanging(text: string, first: number, further: number, look: Look): readonly string[] {
  const width = look.width === null ? null : look.width - further - 2
  return wrap(text, width).map((line, at) => `${' '.repeat(at === 0 ? first : further)}${line}`)
}

/** Blocks with an empty line between; empty blocks are left out. */
export function joinBlocks(blocks: readonly (readonly string[])[]): readonly string[] {
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ['', ...block]))
}
