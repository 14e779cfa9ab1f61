/** File names as messages show them. */
import { relative, sep } from 'node:path'

/** The path relative to `root` with `/` between folders, as esbuild spells its inputs. */
export function nameOf(root: string, file: string): string {
  // Nearly always, and a hundred times as fast.
  const isBelow = file.startsWith(root + sep)
  const name = isBelow ? file.slice(root.length + 1) : relative(root, file)
  return sep === '/' ? name : name.split(sep).join('/')
}
