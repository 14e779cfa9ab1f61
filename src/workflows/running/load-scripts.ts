/** The scripts of a path loaded, each with what a plan needs to know of it. */
import path from 'node:path'
import { MigrateError } from '../../errors.js'
import type { PlannedScript, StepRequest } from '../../plan/step-request.js'
import type { Revision } from '../../revisions/revision.js'
import type { ScriptFile } from '../../scripts/folder.js'
import type { Loadable } from '../../scripts/loading/load.js'
import { loadScript } from '../../scripts/loading/load.js'
import type { Direction } from '../../scripts/loading/record.js'
import type { Revisions, Session } from '../session.js'
import { shellWord } from '../../shell-word.js'

export type LoadedStep = StepRequest

type Source = Revisions & Pick<Session, 'project' | 'database'>

/**
 * The scripts of a path, loaded in its order.
 * @throws MigrateError `SCRIPT_NOT_FILLED` when one still has a place to fill in, and whatever
 *   `loadScript` throws; nothing ran yet
 */
export async function loadSteps(
  source: Source,
  revisions: readonly Revision[],
  direction: Direction,
): Promise<readonly LoadedStep[]> {
  const steps: LoadedStep[] = []
  for (const revision of revisions) {
    const file = fileOf(source, revision.id)
    if (direction === 'up' && file.fillIn) throw notFilled(source, file)
    const { checksum, load } = file.open()
    steps.push({
      revision: {
        id: revision.id,
        message: revision.message,
        parents: revision.parents,
        path: relativePath(source, file),
        checksum,
        knexName: file.knexName,
      },
      direction,
      script: await plannedScript(source, { ...file, load }),
    })
  }
  return steps
}

/** The file of a revision that is in the graph. */
export function fileOf({ files }: Pick<Source, 'files'>, id: string): ScriptFile {
  const file = files.get(id)
  if (file === undefined) throw new Error(`Revision ${id} has no file.`)
  return file
}

/** A script's path for people: relative to the project. */
function relativePath({ project }: Pick<Source, 'project'>, file: ScriptFile): string | null {
  const { path: full } = file.revision
  if (full === null) return null
  // Most are inside, which shows at a glance.
  const root = project.root + path.sep
  return full.startsWith(root) ? full.slice(root.length) : path.relative(project.root, full)
}

async function plannedScript({ database }: Source, file: Loadable): Promise<PlannedScript> {
  const loaded = await loadScript(file, database.migrations.usesTransactions)
  const { up, down, isDownEmpty, config } = loaded
  return { up, down, isDownEmpty, transaction: config.transaction }
}

function notFilled(source: Source, file: ScriptFile): MigrateError {
  const { id } = file.revision
  return new MigrateError(
    'SCRIPT_NOT_FILLED',
    1,
    `Revision ${id} has a place that is not filled in.`,
    {
      why: 'A column may not be null, and the script does not say what the rows that exist get.',
      fix: `Open it with \`migrate-tui edit ${shellWord(id)}\`, write the value at \`migrate-tui:fill-in\`, and remove the marked lines.`,
      state: 'Nothing ran: the database is as it was.',
      details: { revision: id, path: relativePath(source, file) },
    },
  )
}
