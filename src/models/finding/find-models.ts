/** Finds out which classes there are in loaded files, and in which file each is declared. */
import { basename, extname } from 'node:path'
import { collectClasses } from './collect-classes.js'
import { nameOf } from '../file-name.js'
import { reachedFrom } from '../loading/imports.js'
import type { Imports } from '../loading/imports.js'
import type { Outcomes } from '../loading/load-files.js'
import { parentOf } from '../model-class.js'
import type { ModelClass } from '../model-class.js'

/** A class, wherever it was met. */
export interface FoundClass {
  readonly model: ModelClass
  /** Its own name, else that of its export, else that of its file. */
  readonly name: string
  /** Relative to the project's root. */
  readonly file: string
}

interface Sighting {
  readonly file: string
  readonly exportName: string
  /** How many classes the file exports. */
  readonly siblings: number
}

/** The classes that `files` export, in the order of the files. */
export function findModels(
  root: string,
  files: readonly string[],
  outcomes: Outcomes,
  imports: Imports,
): readonly FoundClass[] {
  const sightings = new Map<ModelClass, Sighting[]>()
  for (const file of files) {
    const outcome = outcomes.get(file)
    if (outcome?.kind !== 'loaded') continue
    const classes = collectClasses(outcome.exports)
    for (const { model, exportName } of classes) {
      const sighting = { file, exportName, siblings: classes.length }
      const known = sightings.get(model)
      if (known === undefined) sightings.set(model, [sighting])
      else known.push(sighting)
    }
  }
  const declared = createClassNames(imports)
  return [...sightings].map(([model, seen]) => {
    const file = declaringFile(model, seen, declared, imports)
    const exportName = seen.map((sighting) => sighting.exportName).find(isName)
    const name = ownName(model) ?? exportName ?? basename(file, extname(file))
    return { model, name, file: nameOf(root, file) }
  })
}

/** The class's name; a mixin gives a class without one, which goes by that of the class it extends. */
function ownName(model: ModelClass): string | null {
  if (isName(model.name)) return model.name
  const parent = parentOf(model)
  if (parent === null || parent === model.objectionModelClass) return null
  return tableOf(parent) !== null && tableOf(parent) === tableOf(model) ? ownName(parent) : null
}

/** `export default class {}` is called `default`. */
function isName(name: string): boolean {
  return name !== '' && name !== 'default'
}

function tableOf(model: ModelClass): string | null {
  try {
    return model.getTableName()
  } catch {
    return null
  }
}

/** The file whose text declares the class: one that exports it, or one that such a file imports. */
function declaringFile(
  model: ModelClass,
  sightings: readonly Sighting[],
  declares: (file: string, name: string) => boolean,
  imports: Imports,
): string {
  const [first, ...others] = [...sightings].sort((a, b) => a.siblings - b.siblings)
  if (first === undefined) throw new Error('a class that no file exports')
  const isPlain =
    others.length === 0 && first.siblings === 1 && !basename(first.file).startsWith('index.')
  const name = ownName(model)
  if (isPlain || name === null) return first.file
  const own = sightings.find(({ file }) => declares(file, name))
  if (own !== undefined) return own.file
  const reached = reachedFrom(first.file, imports)
  return reached.findLast((file) => declares(file, name)) ?? first.file
}

function createClassNames(imports: Imports): (file: string, name: string) => boolean {
  const names = new Map<string, ReadonlySet<string | undefined>>()
  return (file, name) => {
    const known =
      names.get(file) ??
      new Set([...imports.textOf(file).matchAll(/\bclass\s+([\w$]+)/g)].map(([, found]) => found))
    names.set(file, known)
    return known.has(name)
  }
}
