/** The comparison that check, diff and migrate share: models loaded and the database read at the same time. */
import { withoutDefaultSchema } from '../../models/default-schema.js'
import type { LoadedModels, Note } from '../../schema/desired.js'
import type { ComparisonDocument, StandDocument } from '../documents.js'
import type { ChangeDocumentWishes } from './change-documents.js'
import { changeDocuments } from './change-documents.js'
import { currentDocument } from '../current.js'
import type { ChangeWishes, FoundChanges } from './find-changes.js'
import { findChanges, introspectedWith, introspectManaged } from './find-changes.js'
import type { Ask } from '../io.js'
import { loadProjectModels } from './load-project-models.js'
import type { Session } from '../session.js'
import type { Schema } from '../../schema/schema.js'

export interface Compared extends FoundChanges {
  readonly loaded: LoadedModels
  /** The database's schema as it was read. */
  readonly current: Schema
  /** Whether views or triggers stand there, which may use what changes. */
  readonly hasReaders: boolean
}

/** Loads the models in a child process while the database is read, then compares. */
export async function compareModels(
  session: Session,
  wishes: ChangeWishes,
  ask: Ask | null,
): Promise<Compared> {
  const loading = loadProjectModels(session.project)
  // Awaited below; if reading the database fails first, this failure must not go unhandled.
  loading.catch(() => undefined)
  const first = await introspectManaged(session)
  const loaded = withoutDefaultSchema(await loading, first.defaultSchema)
  const names = loaded.tables.map(({ table }) => table.name)
  const live = await introspectedWith(session, first, names)
  const found = await findChanges(session, { loaded, live, wishes }, ask)
  const hasReaders = live.views.length > 0 || live.triggers.length > 0
  return { ...found, loaded, current: live.schema, hasReaders }
}

/** The document of a comparison; `statements` adds the SQL of every change, both ways. */
export async function comparisonDocument(
  session: Session,
  compared: Compared,
  wishes: ChangeDocumentWishes,
): Promise<ComparisonDocument> {
  return (await judgedDocument(session, compared, wishes)).document
}

/** The document of a comparison, and which of its notes are changes that the database refuses. */
export async function judgedDocument(
  session: Session,
  compared: Compared,
  wishes: ChangeDocumentWishes,
): Promise<{ readonly document: ComparisonDocument; readonly refusals: readonly Note[] }> {
  const { comparison, loaded } = compared
  const isWhole = loaded.failures.length === 0
  const stands = currentDocument(session)
  const found = await changeDocuments(session, comparison.operations, wishes)
  const { changes, refusals, broken } = found
  const notes = [...compared.notes, ...refusals, ...broken, ...standNotes(stands)]
  const document = {
    database: session.described,
    dialect: session.dialect.name,
    upToDate: changes.length === 0 && stands.heads.length < 2 && stands.atHead && isWhole,
    changes,
    undeclared: comparison.undeclared,
    unmanaged: comparison.unmanaged,
    notes,
    renames: compared.open,
    compared: {
      models: loaded.models.length,
      tables: compared.current.tables.length,
      heads: stands.heads,
      current: stands.current,
    },
  }
  return { document, refusals }
}

function standNotes({ pending, heads, missing }: StandDocument): ComparisonDocument['notes'] {
  const gone = missing.map((revision) => ({
    code: 'FILE_MISSING',
    message: `Revision ${revision} is applied, and no file provides it: restore the file from version control. What it made may look like a difference here.`,
    where: 'revisions',
  }))
  const behind = {
    code: 'REVISIONS_PENDING',
    message: `${pending} ${pending === 1 ? 'revision is' : 'revisions are'} not applied, so the database is behind: \`migrate-tui upgrade\`.`,
    where: 'database',
  }
  const several = {
    code: 'SEVERAL_HEADS',
    message: `There are ${heads.length} heads (${heads.join(', ')}): \`migrate-tui merge\` joins them.`,
    where: 'revisions',
  }
  return [...gone, ...(pending > 0 ? [behind] : []), ...(heads.length > 1 ? [several] : [])]
}
