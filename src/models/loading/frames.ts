/** Where in the project's own sources an error comes from. */
import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nameOf } from '../file-name.js'

/** A place in a source of the project. */
export interface Frame {
  /** Relative to the project's root. */
  readonly file: string
  readonly line: number
}

/** Reads stacks, those from within a bundle too. */
export interface Frames {
  /** Lets places in a bundle be understood; its map is read when one is. */
  addBundle(path: string, mapPath: string): void
  /** The places in the project's own sources that a stack names, innermost first. */
  of(thrown: unknown): readonly Frame[]
}

const PLACE = /((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^\s()]*?):(\d+)(?::(\d+))?\)?$/

export function createFrames(root: string): Frames {
  const maps = new Map<string, string>()
  const read = new Map<string, SourceMap | null>()
  const mapAt = (bundle: string): SourceMap | null => {
    const known = read.get(bundle)
    if (known !== undefined) return known
    const map = readMap(maps.get(bundle))
    read.set(bundle, map)
    return map
  }
  const original = (path: string, line: number, column: number): Frame | null => {
    if (!maps.has(path)) {
      const isOwn = path.startsWith(root + sep) && !path.includes(`${sep}node_modules${sep}`)
      return isOwn ? { file: nameOf(root, path), line } : null
    }
    const entry = mapAt(path)?.findEntry(line - 1, column - 1)
    if (entry === undefined || !('originalSource' in entry)) return null
    const source = resolve(dirname(path), entry.originalSource)
    return source.startsWith(root + sep)
      ? { file: nameOf(root, source), line: entry.originalLine + 1 }
      : null
  }
  return {
    addBundle: (path, mapPath) => maps.set(path, mapPath),
    of: (thrown) => {
      if (!(thrown instanceof Error) || thrown.stack === undefined) return []
      return thrown.stack.split('\n').flatMap((text) => {
        const [, place, line, column = '1'] = PLACE.exec(text.trim()) ?? []
        // jiti says line 0 where it does not know.
        if (place === undefined || line === undefined || line === '0') return []
        const path = place.startsWith('file://') ? fileURLToPath(place) : place
        return original(path, Number(line), Number(column)) ?? []
      })
    },
  }
}

function readMap(path: string | undefined): SourceMap | null {
  if (path === undefined) return null
  try {
    // esbuild's own output, stored beside the bundle.
    return new SourceMap(
      JSON.parse(readFileSync(path, 'utf8')) as ConstructorParameters<typeof SourceMap>[0],
    )
  } catch {
    return null
  }
}
