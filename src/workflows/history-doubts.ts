/** What speaks against building on an applied history: scripts edited since, what Knex took back. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Note } from '../schema/desired.js'
import type { ScriptFile } from '../scripts/folder.js'
import { stemOf } from '../scripts/script-name.js'
import { shellWord } from '../shell-word.js'
import type { Session } from './session.js'
import { keptKnexHistory, knexChoice } from './session.js'

/** Names in a warning before the rest is only counted. */
const NAMED = 3

/** The scripts that changed after they were applied, in the order in which they were. */
export function editedScripts({ files, rows }: Session): readonly ScriptFile[] {
  return rows.flatMap(({ revision, checksum }) => {
    const file = files.get(revision)
    // As it stood when the history was read: nothing is read again for it.
    const isSame = file === undefined || checksum === null || file.open().checksum === checksum
    return isSame ? [] : [file]
  })
}

/** Revisions that we applied and Knex's own history does not list, with its table. */
export function unlistedByKnex(session: Session): {
  readonly table: string
  readonly revisions: readonly string[]
} | null {
  const knex = keptKnexHistory(session)
  if (knex === null) return null
  const listed = new Set(knex.names.map(stemOf))
  const revisions = session.rows.flatMap(({ revision }) => {
    const file = session.files.get(revision)
    return file === undefined || listed.has(stemOf(file.knexName)) ? [] : [revision]
  })
  return revisions.length === 0 ? null : { table: knex.table, revisions }
}

/** A note for each thing that a person should hear of before going on from this history. */
export function historyNotes(session: Session): readonly Note[] {
  const choice = knexChoice(session)
  return [
    ...folderNotes(session),
    ...(choice === null ? [] : [noteOf('KNEX_TABLES', choice)]),
    ...editedNotes(editedScripts(session).map((file) => shownFile(session, file))),
    ...unlistedNotes(unlistedByKnex(session)),
  ]
}

/** The same, and first that there was no database, for a run that made one. */
export function runNotes(session: Session): readonly Note[] {
  const { isNew, connection, described } = session
  const message = `${described} did not exist, and was made.`
  const made = { code: 'DATABASE_MADE', message, where: 'database' }
  return [...(isNew && connection !== null ? [made] : []), ...historyNotes(session)]
}

/** A note where there is no revision, and no folder that could hold one. */
export function folderNotes({ graph, database }: Session): readonly Note[] {
  const { folders, source } = database.migrations
  if (graph.order.length > 0 || source !== null || folders.some((each) => existsSync(each)))
    return []
  const message = `There is no revision yet, and no folder ${folders.join(', ')}: the first revision makes it. If yours are elsewhere, correct \`migrations\` in the configuration.`
  return [noteOf('MIGRATIONS_NONE', message)]
}

function shownFile({ project }: Session, { revision }: ScriptFile): string {
  return revision.path === null ? revision.id : path.relative(project.root, revision.path)
}

function noteOf(code: string, message: string): Note {
  return { code, message, where: 'revisions' }
}

function editedNotes(paths: readonly string[]): readonly Note[] {
  if (paths.length === 0) return []
  const since =
    paths.length === 1 ? 'changed after it was applied' : 'changed after they were applied'
  const message = `${named(paths)} ${since}, and the database has what ran: \`migrate-tui verify\`.`
  return [noteOf('SCRIPT_EDITED', message)]
}

function unlistedNotes(unlisted: ReturnType<typeof unlistedByKnex>): readonly Note[] {
  const [first, ...others] = unlisted?.revisions ?? []
  if (unlisted === null || first === undefined) return []
  const isOne = others.length === 0
  const what = `${named([first, ...others])} ${isOne ? 'is' : 'are'} applied here, and ${unlisted.table} does not list ${isOne ? 'it' : 'them'}.`
  const next = `If Knex rolled ${isOne ? 'it' : 'them'} back, say so: \`migrate-tui stamp ${shellWord(`${first}-1`)}\`. If ${isOne ? 'it stands, list it' : 'they stand, list them'} there: \`migrate-tui stamp current\`.`
  return [noteOf('KNEX_DISAGREES', `${what} ${next}`)]
}

function named(names: readonly string[]): string {
  const more = names.length - NAMED
  const shown = names.slice(0, NAMED).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}
