/** Random names and texts, hostile ones included. */
import fc from 'fast-check'

/** Names that people have and that break quoting: reserved, mixed case, unicode, quotes, dots, blanks. */
const HOSTILE_NAMES = [
  'select',
  'order',
  'camelCase',
  'ÜberGröße',
  '名前',
  "it's",
  'say "hi"',
  'tick`tick',
  'dotted.name',
  'two words',
  ' edge ',
  'back\\slash',
  'what\\?',
  'really?',
  '${x}',
  'a as b',
  'semi;colon',
  '--comment',
  'percent%s',
  'name[0]',
  'new\nline',
  'tab\there',
  '\u2028separator',
  'rtl\u202eoverride',
  '__proto__',
  '*',
  'mixed"of\'all`three\\',
] as const

const PLAIN_NAMES = ['id', 'name', 'email', 'age', 'team_id', 'created_at', 'level', 'body', 'data']

/** A name of a column, an index or a constraint: anything but nothing. */
export const arbitraryName: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PLAIN_NAMES) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_NAMES) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }) },
)

/** A table's name; its dot, if any, separates the schema. */
export const arbitraryTableName: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', '', '', 'app'), fc.oneof(arbitraryName, fc.constant('users')))
  .map(([schema, name]) => {
    const bare = name.replaceAll('.', '_')
    return schema === '' ? bare : `${schema}.${bare}`
  })

/** Any text but an empty one. */
export const arbitraryText = fc.oneof(
  fc.constantFrom(...HOSTILE_NAMES),
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
)

/** A length or precision. */
export const arbitrarySize = fc.integer({ min: 1, max: 60 })

/** Distinct names, also where an engine folds their case. */
export function arbitraryNames(min: number, max: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(arbitraryName, {
    minLength: min,
    maxLength: max,
    selector: (name) => name.toLowerCase(),
  })
}

/** A value, or none. */
export function nullable<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof(fc.constant(null), arbitrary)
}
