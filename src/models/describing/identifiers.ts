/** The project's own mapping of names, as its Knex would apply it on the way to the database. */

export interface Identifiers {
  /** Each part of a name with dots is mapped by itself. */
  table(name: string): string
  column(name: string): string
}

/** The mapping that `wrapIdentifier` of a Knex configuration does; none without it. */
export function identifiersOf(knexConfig: Readonly<Record<string, unknown>>): Identifiers {
  const wrap = knexConfig.wrapIdentifier
  if (typeof wrap !== 'function') return { table: (name) => name, column: (name) => name }
  const mapped = new Map<string, string>()
  const column = (name: string): string => {
    const known = mapped.get(name)
    if (known !== undefined) return known
    // Knex's own quoting, which it hands over, is not wanted here.
    const value: unknown = Reflect.apply(wrap, undefined, [name, (text: string) => text, undefined])
    const result = typeof value === 'string' ? value : name
    mapped.set(name, result)
    return result
  }
  return { table: (name) => name.split('.').map(column).join('.'), column }
}
