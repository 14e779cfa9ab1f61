/** Values of the configuration that cannot cross processes, taken from their file in the child. */
import type { LocatedValue } from './messages.js'

/**
 * The value that `steps` lead to from the default export.
 * @throws Error that says at which step there is nothing
 */
export async function locate(exports: unknown, located: LocatedValue): Promise<unknown> {
  let value = defaultOf(exports)
  if (typeof value === 'function') value = await Reflect.apply(value, undefined, [located.context])
  const passed: (string | number)[] = []
  for (const step of located.steps) {
    passed.push(step)
    if (typeof value !== 'object' || value === null) {
      throw new Error(`there is no ${passed.join('.')} in it`)
    }
    value = Reflect.get(value, step)
  }
  return value
}

/** CommonJS under `import` has its default export one level deeper. */
function defaultOf(exports: unknown): unknown {
  let value = exports
  for (let depth = 0; depth < 2; depth++) {
    if (typeof value !== 'object' || value === null || !('default' in value)) return value
    value = value.default
  }
  return value
}
