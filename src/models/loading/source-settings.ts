/** The files beside sources that decide how they are read. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

/** The tsconfig and package files that decide how sources are read, also where there is none yet. */
export function settingsOf(inputs: readonly string[]): readonly string[] {
  const folders = new Set<string>()
  for (const input of inputs) {
    for (let folder = dirname(input); !folders.has(folder); folder = dirname(folder)) {
      folders.add(folder)
    }
  }
  const places = [...folders].flatMap((folder) => [
    join(folder, 'tsconfig.json'),
    join(folder, 'package.json'),
  ])
  const settings = new Set<string>()
  const add = (file: string): void => {
    if (settings.has(file)) return
    settings.add(file)
    if (file.endsWith('.json')) for (const base of basesOf(file)) add(base)
  }
  places.forEach(add)
  return [...settings]
}

/** What a tsconfig `extends`. */
function basesOf(file: string): readonly string[] {
  if (file.endsWith('package.json')) return []
  let text
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return []
  }
  const value = /"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/.exec(text)?.[1] ?? ''
  return [...value.matchAll(/"([^"]*)"/g)].flatMap(([, base = '']) => {
    if (base.startsWith('.') || base.startsWith('/')) {
      const path = resolve(dirname(file), base)
      return [path, `${path}.json`]
    }
    try {
      return [createRequire(file).resolve(base)]
    } catch {
      return []
    }
  })
}
