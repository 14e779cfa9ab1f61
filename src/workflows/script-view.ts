/** The script of one revision as text, beside what was recorded of it. */
import path from 'node:path'
import type { Project } from '../project/project.js'
import type { ScriptDocument } from './screen-documents.js'
import type { Session } from './session.js'
import { inSession } from './session.js'
import { oneRevision, recordedOf } from './show.js'

/**
 * Reads a script; none of it runs. A revision that only the history has comes without its text.
 * @throws MigrateError `REV_…`
 */
export function scriptView(
  project: Project,
  { revision: name }: { readonly revision: string },
): Promise<ScriptDocument> {
  return inSession(project, { readOnly: true }, (session) => {
    const isMissing = session.applied.has(name) && !session.graph.nodes.has(name)
    const id = isMissing ? name : oneRevision(session, name).id
    return Promise.resolve(documentOf(session, id))
  })
}

function documentOf(session: Session, revision: string): ScriptDocument {
  const file = session.files.get(revision)
  const place = file?.revision.path ?? null
  const recorded = recordedOf(session, revision)
  // A migration source holds code and no text.
  const checksum = file === undefined || place === null ? null : file.checksum()
  const kept = recorded?.checksum ?? null
  return {
    revision,
    path: place,
    file: place === null ? null : path.relative(session.project.root, place),
    text: file === undefined || place === null ? null : file.text(),
    checksum,
    recorded,
    isUnchanged: kept === null || checksum === null ? null : kept === checksum,
  }
}
