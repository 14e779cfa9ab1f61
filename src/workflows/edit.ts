/** Opens a script in the person's editor and reads it again afterwards. */
import { MigrateError } from '../errors.js'
import type { Project } from '../project/project.js'
import type { RevisionDocument } from './documents.js'
import type { Io } from './io.js'
import { fileOf } from './running/load-scripts.js'
import { openEditor } from './open-editor.js'
import type { EditOptions } from './options.js'
import { revisionDocuments } from './writing/revision-documents.js'
import { inSession } from './session.js'
import { oneRevision } from './show.js'
import { validateScript } from './writing/validate-script.js'

/**
 * Opens one revision's script; after the editor closes, the script and the graph are read again.
 * @throws MigrateError `REV_…`, `EDITOR_…`, `SCRIPT_…` with the line that does not read
 */
export async function edit(
  project: Project,
  options: EditOptions,
  io: Io,
): Promise<RevisionDocument> {
  const { id, path } = await inSession(project, { readOnly: true }, (session) => {
    const revision = oneRevision(session, options.revision)
    const { path: file } = fileOf(session, revision.id).revision
    if (file === null) throw noFile(revision.id)
    return Promise.resolve({ id: revision.id, path: file })
  })
  await openEditor(path)
  return await inSession(project, { readOnly: true }, async (session) => {
    const file = [...session.files.values()].find((one) => one.revision.path === path)
    if (file === undefined) throw noFile(id)
    await validateScript(file)
    if (session.applied.has(id)) {
      io.warn(`Revision ${id} is applied already: the edit changes nothing in this database.`)
    }
    const [document] = revisionDocuments(session, [file.revision])
    if (document === undefined) throw noFile(id)
    return document
  })
}

function noFile(id: string): MigrateError {
  return new MigrateError('REV_FILE_MISSING', 2, `Revision ${id} has no file to edit.`, {
    why: 'A migration source holds it, or its file was removed.',
    fix: 'Edit it where it is kept.',
  })
}
