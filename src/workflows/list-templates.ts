/** Lists what `init` can set up. */
import type { ProjectFolder } from '../project/project.js'
import type { TemplateDocument } from './documents.js'
import type { Io } from './io.js'
import type { ListTemplatesOptions } from './options.js'
import { TEMPLATES } from './writing/templates.js'

/** The templates, each with what it is for. */
export function listTemplates(
  _folder: ProjectFolder,
  _options: ListTemplatesOptions,
  _io: Io,
): Promise<readonly TemplateDocument[]> {
  return Promise.resolve(TEMPLATES)
}
