/** Finds the model files that folders, globs, files, module paths and packages stand for. */
import type { Dirent } from 'node:fs'
import { readdir, realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import type { FileSystemAdapter } from 'tinyglobby'

const EXTENSIONS = ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx']

/** Never models: type declarations, tests, other people's packages. */
const NEVER = [
  '**/node_modules/**',
  '**/*.d.{ts,mts,cts}',
  '**/*.{test,spec}.*',
  '**/__tests__/**',
  '**/__mocks__/**',
]

/** What a place in the configuration stands for. */
export interface FoundFiles {
  /** Absolute, links followed, sorted, each once. */
  readonly files: readonly string[]
  /** Places at which there is nothing. */
  readonly missing: readonly string[]
  /** Absolute paths of folders that could not be listed: whatever is in them was not found. */
  readonly unreadable: readonly string[]
}

/** The files that `places` stand for, without those in `exclude`; both relative to `root` or absolute. */
export async function findFiles(
  root: string,
  places: readonly string[],
  exclude: readonly string[],
): Promise<FoundFiles> {
  const ignore = [...NEVER, ...exclude.flatMap((place) => ignorePatterns(root, place))]
  const unreadable = new Set<string>()
  const search: Search = { root, ignore, fs: noticing(unreadable) }
  const found = await Promise.all(places.map((place) => filesAt(search, place)))
  const files = new Set(
    found.flatMap((list) => list ?? []).map((file) => realpathSync.native(file)),
  )
  return {
    files: [...files].filter((file) => !hasSource(file, files)).sort(),
    missing: places.filter((_, index) => found[index] === null),
    unreadable: [...unreadable].toSorted(),
  }
}

interface Search {
  readonly root: string
  readonly ignore: readonly string[]
  readonly fs: FileSystemAdapter
}

/** The search passes over folders that it cannot list; their models would seem to be gone. */
function noticing(unreadable: Set<string>): FileSystemAdapter {
  const listed = (path: string, options: { withFileTypes: true }, done: Listed): void => {
    readdir(path, options, (error, entries) => {
      if (error !== null && error.code !== 'ENOENT') unreadable.add(resolve(path))
      done(error, entries)
    })
  }
  // The one form of it that the search calls.
  return { readdir: listed as unknown as typeof readdir }
}

type Listed = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void

/** Null where there is nothing; an existing folder may be empty. */
async function filesAt(search: Search, place: string): Promise<readonly string[] | null> {
  const { root } = search
  const path = resolve(root, place)
  const kind = kindOf(path)
  if (kind === 'file') return [path]
  if (kind === 'folder') return filesMatching(search, path, `**/*.{${EXTENSIONS.join(',')}}`)
  if (isDynamicPattern(place)) {
    const files = await filesMatching(search, root, place.split('\\').join('/'))
    return files.length > 0 ? files : null
  }
  const withExtension = EXTENSIONS.map((ending) => `${path}.${ending}`)
  const file = withExtension.find((candidate) => kindOf(candidate) === 'file')
  return file === undefined ? null : [file]
}

async function filesMatching(
  { ignore, fs }: Search,
  folder: string,
  pattern: string,
): Promise<readonly string[]> {
  return await glob(pattern, { cwd: folder, absolute: true, ignore: [...ignore], dot: false, fs })
}

function ignorePatterns(root: string, place: string): readonly string[] {
  const path = resolve(root, place).split('\\').join('/')
  return kindOf(path) === 'folder' ? [`${path}/**`] : [path]
}

/** Whether the file is JavaScript that was compiled beside its source. */
function hasSource(file: string, files: ReadonlySet<string>): boolean {
  const compiled = /^(.*)\.(?:([mc]?)js|(js)x)$/.exec(file)
  if (compiled === null) return false
  const [, stem = '', flavour = ''] = compiled
  return files.has(`${stem}.${flavour}ts`) || files.has(`${stem}.tsx`)
}

function kindOf(path: string): 'file' | 'folder' | null {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return null
  return stats.isDirectory() ? 'folder' : 'file'
}
