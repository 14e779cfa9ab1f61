/** Scripts that keep a plan waiting: nothing runs yet, and nothing else would say why. */
import path from 'node:path'
import type { Direction } from '../../scripts/loading/record.js'
import type { Io } from '../io.js'
import type { Session } from '../session.js'

/** How long a script is tried in silence. */
const SILENT_MS = 2000

/** Hears which script is being tried. */
export interface SlowScripts {
  readonly onTry: (revision: string) => void
  /** No script is tried any more. */
  readonly end: () => void
}

/** Warns once of each script that takes long to try. */
export function slowScripts(session: Session, direction: Direction, io: Io): SlowScripts {
  const { graph, project } = session
  const told = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const end = (): void => {
    clearTimeout(timer)
  }
  return {
    onTry(revision) {
      end()
      if (told.has(revision)) return
      timer = setTimeout(() => {
        told.add(revision)
        const file = graph.nodes.get(revision)?.revision.path ?? null
        const shown = file === null ? '' : ` (${path.relative(project.root, file)})`
        io.warn(slowText(revision, shown, direction))
      }, SILENT_MS)
      // A script that waits for nothing at all is found out by the end of all work.
      timer.unref()
    },
    end,
  }
}

function slowText(revision: string, shown: string, direction: Direction): string {
  return `Still planning: the ${direction} of revision ${revision}${shown} takes long. Every script is tried without the database's rows before anything runs.`
}
