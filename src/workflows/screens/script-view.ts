/** The script of one revision as text, beside what was recorded of it. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Project } from '../../project/project.js'
import { readHistoryRow } from '../../runner/history.js'
import { historyTables } from '../../runner/history-tables.js'
import { checksumOf } from '../../scripts/checksum.js'
import { readHeader } from '../../scripts/reading/header.js'
import { readText } from '../../scripts/reading/read-text.js'
import type { RecordedDocument } from '../documents.js'
import type { ScriptDocument } from './screen-documents.js'
import { connectIfThere, inSession } from '../session.js'
import { oneRevision, recordedDocument, recordedOf } from '../show.js'

/** Which revision, and the absolute path at which its script was last seen; null is "not known". */
export interface ScriptWish {
  readonly revision: string
  readonly seenAt: string | null
}

/**
 * Reads a script; none of it runs. A revision that only the history has comes without its text.
 * Where it was seen it is looked for first: in a long history that is a hundred times faster.
 * @throws MigrateError `REV_…`
 */
export async function scriptView(project: Project, wish: ScriptWish): Promise<ScriptDocument> {
  return (await atSeenPlace(project, wish)) ?? (await byGraph(project, wish.revision))
}

async function atSeenPlace(
  project: Project,
  { revision, seenAt }: ScriptWish,
): Promise<ScriptDocument | null> {
  if (seenAt === null || !existsSync(seenAt)) return null
  const text = readText(seenAt)
  const { header } = readHeader(text, seenAt)
  if (header !== null && header.revision !== revision) return null
  const recorded = await recordedNow(project, revision)
  return documentOf(project, { revision, path: seenAt, text, recorded })
}

async function recordedNow(
  { database }: Project,
  revision: string,
): Promise<RecordedDocument | null> {
  const connection = await connectIfThere(database, { readOnly: true })
  if (connection === null) return null
  try {
    const tables = historyTables(database.versionTable)
    const row = await readHistoryRow(database.dialect, connection, tables, revision)
    return row === null ? null : recordedDocument(row)
  } finally {
    await connection.close()
  }
}

function byGraph(project: Project, name: string): Promise<ScriptDocument> {
  return inSession(project, { readOnly: true }, (session) => {
    const isMissing = session.applied.has(name) && !session.graph.nodes.has(name)
    const revision = isMissing ? name : oneRevision(session, name).id
    const file = session.files.get(revision)
    const place = file?.revision.path ?? null
    // A migration source holds code and no text.
    const text = place === null ? null : (file?.text() ?? null)
    const recorded = recordedOf(session, revision)
    return Promise.resolve(documentOf(project, { revision, path: place, text, recorded }))
  })
}

type Found = Pick<ScriptDocument, 'revision' | 'path' | 'text' | 'recorded'>

function documentOf({ root }: Project, found: Found): ScriptDocument {
  const checksum = found.text === null ? null : checksumOf(found.text)
  const kept = found.recorded?.checksum ?? null
  return {
    ...found,
    file: found.path === null ? null : path.relative(root, found.path),
    checksum,
    isUnchanged: kept === null || checksum === null ? null : kept === checksum,
  }
}
