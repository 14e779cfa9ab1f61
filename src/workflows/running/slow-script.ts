/** Scripts that keep a plan waiting: nothing runs yet, and nothing else would say why. */
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

/** Warns of each script that takes long to try. */
export function slowScripts({ graph }: Session, direction: Direction, io: Io): SlowScripts {
  let timer: NodeJS.Timeout | undefined
  const end = (): void => {
    clearTimeout(timer)
  }
  return {
    onTry(revision) {
      end()
      const path = graph.nodes.get(revision)?.revision.path ?? null
      timer = setTimeout(() => {
        io.warn(slowText(revision, path, direction))
      }, SILENT_MS)
      // A script that waits for nothing at all is found out by the end of all work.
      timer.unref()
    },
    end,
  }
}

function slowText(revision: string, path: string | null, direction: Direction): string {
  const script = path === null ? '' : ` (${path})`
  return `Still planning: the ${direction} of revision ${revision}${script} takes long. Every script is tried without the database's rows before anything runs.`
}
