/** Finds the model classes among the exports of a module, without calling any of them. */
import { isModelClass, unbound } from '../model-class.js'
import type { ModelClass } from '../model-class.js'

/** A class and the name it is exported under, which names it where it has no name of its own. */
export interface ExportedClass {
  readonly model: ModelClass
  readonly exportName: string
}

/** The model classes that a module exports: directly, as default, or in a plain object or array. Each once. */
export function collectClasses(exports: unknown): readonly ExportedClass[] {
  const found = new Map<ModelClass, string>()
  const add = (value: unknown, name: string): void => {
    if (!isModelClass(value)) return
    const model = unbound(value)
    if (!found.has(model)) found.set(model, name)
  }
  for (const [module, moduleName] of faces(exports)) {
    add(module, moduleName)
    for (const [name, value] of entriesOf(module)) {
      add(value, name)
      if (isPlain(value)) for (const [inner, item] of entriesOf(value)) add(item, inner)
    }
  }
  return [...found].map(([model, exportName]) => ({ model, exportName }))
}

/** A CommonJS module that was imported has its exports as `default` (and, in newer Nodes, twice). */
function faces(exports: unknown): readonly (readonly [unknown, string])[] {
  const inner = new Map(entriesOf(exports))
  return [
    [exports, 'default'],
    [inner.get('default'), 'default'],
    [inner.get('module.exports'), 'default'],
  ]
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value).flatMap((key) => {
    try {
      return [[key, Reflect.get(value, key)] as const]
    } catch {
      // A getter that throws, or a binding not yet initialised in a circle of imports.
      return []
    }
  })
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return true
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
