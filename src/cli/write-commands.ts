/** Runs the commands that set a project up and write revision scripts. */
import {
  editLines,
  initLines,
  migrateLines,
  templateLines,
  writtenLines,
} from '../present/written-lines.js'
import type { Look } from '../present/look.js'
import type { MigrateOptions } from '../workflows/options.js'
import type { MigrateDocument, WrittenDocument } from '../workflows/documents.js'
import { initOptions, mergeOptions, migrateOptions, revisionOptions } from './given-options.js'
import type { CommandRunner, Outcome } from './outcome.js'
import { outcome, scriptOutcome } from './outcome.js'

export const runInit: CommandRunner = async ({ line, io, folder, project }) => {
  const { init } = await import('../workflows/init.js')
  const document = await init({ folder: folder(), project }, initOptions(line), io)
  return outcome(document, (look) => initLines(document, look))
}

export const runListTemplates: CommandRunner = async ({ io, folder }) => {
  const { listTemplates } = await import('../workflows/list-templates.js')
  const document = await listTemplates(folder(), {}, io)
  return outcome(document, (look) => templateLines(document, look))
}

export const runMigrate: CommandRunner = async ({ line, io, project }) => {
  const { migrate } = await import('../workflows/migrate.js')
  const options = migrateOptions(line)
  return migrated(await migrate(await project(), options, io), options)
}

export const runRevision: CommandRunner = async ({ line, io, project }) => {
  const { revision } = await import('../workflows/revision.js')
  const options = revisionOptions(line)
  const document = await revision(await project(), options, io)
  if (isMigrateDocument(document)) return migrated(document, options)
  return outcome(document, (look) => writtenLines(document, look))
}

export const runEdit: CommandRunner = async ({ line, io, project }) => {
  const { edit } = await import('../workflows/edit.js')
  const document = await edit(await project(), { revision: line.words[0] ?? 'head' }, io)
  return outcome(document, (look) => editLines(document, look))
}

export const runMerge: CommandRunner = async ({ line, io, project }) => {
  const { merge } = await import('../workflows/merge.js')
  const document = await merge(await project(), mergeOptions(line), io)
  return outcome(document, (look) => writtenLines(document, look))
}

function migrated(document: MigrateDocument, options: MigrateOptions): Outcome {
  const lines = (look: Look): readonly string[] => migrateLines(document, options.plan, look)
  if (document.sql === null) return outcome(document, lines)
  if (document.sql.length > 0) return scriptOutcome(document, document.sql)
  return outcome(document, (look) => lines(look).map((line) => `-- ${line}`))
}

function isMigrateDocument(
  document: WrittenDocument | MigrateDocument,
): document is MigrateDocument {
  return 'compared' in document
}
