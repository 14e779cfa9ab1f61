/**
 * Loads a module as Node's `import` does. In a file of its own: V8 cannot keep compiled code in which
 * this is written.
 */
export function importModule(url: string): Promise<unknown> {
  return import(url)
}
