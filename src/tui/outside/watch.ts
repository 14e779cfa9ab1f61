/** Notices files that change in another window. */
import { setTimeout as wait } from 'node:timers/promises'
import type { FSWatcher } from 'chokidar'
import type { WatchedPaths } from '../messages.js'

type What = keyof WatchedPaths

/** Milliseconds of quiet after a change: an editor writes in several steps. */
const QUIET = 150

/** Milliseconds in which a frame is painted. */
const AFTER_FRAME = 50

/** Milliseconds that the clock of a file system may be behind. */
const BEHIND = 20

export interface Watch {
  /** Watches these from now on. */
  readonly see: (paths: WatchedPaths) => void
  readonly close: () => void
}

/** Calls `changed` with what changed files belong to, and their absolute paths. */
export function createWatch(changed: (what: What, paths: readonly string[]) => void): Watch {
  let seen = ''
  let isClosed = false
  // To find all files takes a while, and what is saved meanwhile is told by its time alone.
  let since = Date.now()
  let watchers: FSWatcher[] = []
  const timers = new Map<What, NodeJS.Timeout>()
  const touched = new Map<What, Set<string>>()

  const close = (): void => {
    for (const watcher of watchers) void watcher.close()
    for (const timer of timers.values()) clearTimeout(timer)
    watchers = []
  }

  const start = async (paths: WatchedPaths, from: number): Promise<void> => {
    const asked = seen
    // The picture of what was just read comes first.
    await wait(AFTER_FRAME)
    const { watch } = await import('chokidar')
    if (seen !== asked) return
    for (const what of ['config', 'migrations', 'models'] as const) {
      const roots = [...new Set(paths[what].map(beforeGlob))]
      if (roots.length === 0 || isClosed) continue
      // Of a folder that a configuration may come into, only its own files.
      const depth = what === 'config' ? { depth: 0 } : {}
      const watcher = watch(roots, { ignored: isForeign, ...depth })
      let isReady = false
      watcher.on('ready', () => {
        isReady = true
      })
      watcher.on('all', (_, path, stats) => {
        if (!isReady && (stats === undefined || stats.mtimeMs < from - BEHIND)) return
        clearTimeout(timers.get(what))
        const paths = touched.get(what) ?? new Set()
        touched.set(what, paths.add(path))
        timers.set(
          what,
          setTimeout(() => {
            touched.delete(what)
            changed(what, [...paths])
          }, QUIET),
        )
      })
      // Too many files for the system to watch: `r` reads again all the same.
      watcher.on('error', () => undefined)
      watchers.push(watcher)
    }
  }

  return {
    see: (paths) => {
      const now = JSON.stringify(paths)
      if (now === seen) return
      seen = now
      close()
      const from = since
      since = Date.now()
      void start(paths, from)
    },
    close: () => {
      isClosed = true
      close()
    },
  }
}

/** The folder of a glob that all its matches are in; a path without one is itself. */
function beforeGlob(path: string): string {
  const parts = path.split('/')
  const first = parts.findIndex((part) => /[*?[\]{}()!+@]/.test(part))
  return first === -1 ? path : parts.slice(0, first).join('/') || '/'
}

function isForeign(path: string): boolean {
  return /[\\/](?:node_modules|\.git)(?:[\\/]|$)/.test(path)
}
