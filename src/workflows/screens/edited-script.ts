/** A script after somebody edited it: whether it still reads, and what to know about the edit. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { MigrateError } from '../../errors.js'
import type { Project } from '../../project/project.js'
import type { Note } from '../../schema/desired.js'
import type { ScriptFile } from '../../scripts/folder.js'
import type { RevisionDocument } from '../documents.js'
import { revisionDocuments } from '../writing/revision-documents.js'
import type { EditedDocument } from './screen-documents.js'
import type { Session } from '../session.js'
import { inSession } from '../session.js'
import { validateScript } from '../writing/validate-script.js'

/** What was edited, and the text that it had before. */
export interface EditedWish {
  /** Absolute. */
  readonly path: string
  readonly before: string
}

/** `document` is null for a file that is no revision, such as a model; its `revision` is empty. */
export type Edited = EditedDocument & { readonly document: RevisionDocument | null }

/**
 * Reads and loads a script again.
 * @throws MigrateError `SCRIPT_…` with the line that does not read, `REV_…` where the graph broke,
 *   `REV_FILE_MISSING` where the file is gone
 */
export function editedScript(project: Project, wish: EditedWish): Promise<Edited> {
  return inSession(project, { readOnly: true }, async (session) => {
    const file = [...session.files.values()].find(({ revision }) => revision.path === wish.path)
    if (file === undefined) return withoutRevision(project, wish)
    const isChanged = file.text() !== wish.before
    await validateScript(file)
    const [document = null] = revisionDocuments(session, [file.revision])
    const revision = file.revision.id
    return { revision, isChanged, notes: notesOf(session, file, isChanged), document }
  })
}

function withoutRevision({ database, root }: Project, { path: edited }: EditedWish): Edited {
  const isScript = database.migrations.folders.includes(path.dirname(edited))
  if (isScript || !existsSync(edited)) {
    const shown = path.relative(root, edited)
    throw new MigrateError('REV_FILE_MISSING', 2, `${shown} is no script of a revision any more.`, {
      why: existsSync(edited) ? 'Its name is not that of a migration.' : 'The file is gone.',
      fix: 'Restore it from version control, or under the name that it had.',
      details: { path: edited },
    })
  }
  return { revision: '', isChanged: true, notes: [], document: null }
}

function notesOf(session: Session, file: ScriptFile, isChanged: boolean): readonly Note[] {
  const { id } = file.revision
  const where =
    file.revision.path === null ? id : path.relative(session.project.root, file.revision.path)
  const applied = {
    code: 'APPLIED_ALREADY',
    message: `Revision ${id} is applied already: the edit changes nothing in this database.`,
    where,
  }
  const open = {
    code: 'FILL_IN_OPEN',
    message: `Line ${file.fillInLine ?? 0} still waits to be filled in, and the revision cannot run before.`,
    where,
  }
  return [
    ...(isChanged && session.applied.has(id) ? [applied] : []),
    ...(file.fillIn ? [open] : []),
  ]
}
