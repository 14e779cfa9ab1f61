/** File names as messages show them. */
import { relative, sep } from 'node:path'

/** The path relative to `root` with `/` between folders, as esbuild spells its inputs. */
export function nameOf(root: string, file: string): string {
  return relative(root, file).split(sep).join('/')
}
