/** Projects as they were loaded, kept for as long as their configuration stays as it is. */
import { statSync } from 'node:fs'
import { loadProject } from '../project/load-project.js'
import type { Project } from '../project/project.js'
import type { HostProject } from './calls.js'

export interface ProjectKeeper {
  /**
   * The project; null where its configuration changed since it was loaded, which only a new process
   * loads anew: Node keeps every module.
   * @throws MigrateError what `loadProject` throws
   */
  projectOf(asked: HostProject): Promise<Project | null>
}

interface Kept {
  readonly project: Project
  readonly versions: ReadonlyMap<string, string>
}

/** A keeper for one process. */
export function createProjectKeeper(): ProjectKeeper {
  const kept = new Map<string, Kept>()
  // A file that failed to load once is not loaded again in the same process.
  let isSpoilt = false
  return {
    async projectOf(asked) {
      if (isSpoilt) return null
      const key = JSON.stringify(asked)
      const known = kept.get(key)
      if (known !== undefined) return isFresh(known) ? known.project : null
      if (![...kept.values()].every(isFresh)) return null
      try {
        const project = await loadProject(asked)
        kept.set(key, { project, versions: versionsOf(project) })
        return project
      } catch (thrown) {
        isSpoilt = true
        throw thrown
      }
    },
  }
}

function versionsOf({ configPath, database }: Project): ReadonlyMap<string, string> {
  const files = [configPath, database.knexSource.file]
  return new Map(files.map((file) => [file, versionOf(file)]))
}

function isFresh({ versions }: Kept): boolean {
  return [...versions].every(([file, version]) => versionOf(file) === version)
}

function versionOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat === undefined ? 'gone' : `${stat.mtimeMs}-${stat.size}`
}
