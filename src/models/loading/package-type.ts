/** Whether a file is an ES module or CommonJS, by Node's own rule. */
import { readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'

export type ModuleType = 'esm' | 'cjs'

const types = new Map<string, ModuleType | null>()

/**
 * By extension, else by `type` of the nearest package.json; null where it has none and the text decides.
 * Source: Node's manual, "Determining module system".
 */
export function moduleTypeOf(file: string): ModuleType | null {
  const extension = extname(file)
  if (extension.startsWith('.m')) return 'esm'
  if (extension.startsWith('.c')) return 'cjs'
  return typeOfFolder(dirname(file))
}

function typeOfFolder(folder: string): ModuleType | null {
  const known = types.get(folder)
  if (known !== undefined) return known
  const parent = dirname(folder)
  const own = readType(folder)
  const type = own === 'none' ? (parent === folder ? null : typeOfFolder(parent)) : own
  types.set(folder, type)
  return type
}

function readType(folder: string): ModuleType | null | 'none' {
  let text
  try {
    text = readFileSync(join(folder, 'package.json'), 'utf8')
  } catch {
    return 'none'
  }
  const type = /"type"\s*:\s*"(module|commonjs)"/.exec(text)?.[1]
  return type === undefined ? null : type === 'module' ? 'esm' : 'cjs'
}
