/** The shape of a configuration. A schema's message is what is allowed there, in words. */
import * as v from 'valibot'
import { parseDuration } from './duration.js'

/** An object of settings; its message lists their names. What is no such object is told `words`. */
function settings<const Entries extends v.ObjectEntries>(entries: Entries, words?: string) {
  const names = Object.keys(entries).join(', ')
  // A list is an object too, and its places would be taken for unknown settings.
  return v.lazy((value) =>
    Array.isArray(value)
      ? v.custom<never>(() => false, words ?? `an object with ${names}`)
      : v.strictObject(entries, names),
  )
}

/** An object with a name for each of its values. */
function named<const Item extends v.GenericSchema>(item: Item, words: string) {
  return v.lazy((value) =>
    Array.isArray(value) ? v.custom<never>(() => false, words) : v.record(v.string(), item, words),
  )
}

/** A value, or a list of such values. */
function oneOrMore<const Item extends v.GenericSchema>(item: Item, words: string) {
  return v.lazy((value) => (Array.isArray(value) ? v.array(item, words) : item))
}

const aFunction = v.custom<() => unknown>((value) => typeof value === 'function', 'a function')

const text = (words: string) => v.pipe(v.string(words), v.nonEmpty(words))

const count = (words: string) => v.pipe(v.number(words), v.integer(words), v.minValue(0, words))

const folders = oneOrMore(text('a folder, or a list of folders'), 'a folder, or a list of folders')

const MODEL_WORDS = 'a folder, a glob or a module, { paths, predicate }, or a list of these'

const models = oneOrMore(
  v.lazy((value) =>
    typeof value === 'object'
      ? settings(
          {
            paths: oneOrMore(text('a folder, a glob or a module, or a list of these'), MODEL_WORDS),
            predicate: v.optional(aFunction),
          },
          MODEL_WORDS,
        )
      : text(MODEL_WORDS),
  ),
  MODEL_WORDS,
)

const KNEX_WORDS = 'a Knex configuration, the path of a knexfile, or { knexfile, environment }'

const knex = v.lazy((value) => {
  if (typeof value === 'string') {
    return v.pipe(
      text(KNEX_WORDS),
      v.check(
        (path) => !path.includes('://'),
        `${KNEX_WORDS}; a URL goes into { client, connection }`,
      ),
    )
  }
  if (typeof value === 'object' && value !== null && 'knexfile' in value) {
    return settings({
      knexfile: text('the path of a knexfile'),
      environment: v.optional(text('the name of an environment')),
    })
  }
  return v.custom(isSettingsObject, KNEX_WORDS)
})

const PROTECTED_WORDS =
  'true, false or { refuse: true }, for all databases or in the settings of each'

const protection = v.lazy((value) =>
  typeof value === 'object' && value !== null
    ? settings({ refuse: v.boolean('true or false') }, PROTECTED_WORDS)
    : v.boolean(PROTECTED_WORDS),
)

const PATTERN_WORDS = 'a name, a glob or a regular expression, or a list of these'

const patterns = oneOrMore(
  v.lazy((value) => (value instanceof RegExp ? v.instance(RegExp) : text(PATTERN_WORDS))),
  PATTERN_WORDS,
)

const DURATION_WORDS = "milliseconds, or a time such as '3s', '500ms' or '1m'"

const duration = v.custom<string | number>(
  (value) =>
    (typeof value === 'string' || typeof value === 'number') && parseDuration(value) !== null,
  DURATION_WORDS,
)

const facet = v.optional(v.boolean('true or false'))

const compare = settings({
  types: facet,
  nullability: facet,
  defaults: facet,
  generated: facet,
  collations: facet,
  comments: facet,
  primaryKeys: facet,
  uniques: facet,
  indexes: facet,
  foreignKeys: facet,
  checks: facet,
})

const BACKUP_WORDS = 'false or { folder, maxBytes, keep }'

const backup = v.lazy((value) =>
  typeof value === 'object' && value !== null
    ? settings(
        {
          folder: v.optional(text('a folder')),
          maxBytes: v.optional(count('a number of bytes')),
          keep: v.optional(v.pipe(count('a number of copies'), v.minValue(1, 'at least 1'))),
        },
        BACKUP_WORDS,
      )
    : v.literal(false, BACKUP_WORDS),
)

const PREFIX_WORDS =
  "letters, digits and _ that do not begin with a digit, after 'schema.' where needed"

/** All keys of `migrate-tui.config.*`. */
export const configSchema = settings({
  knex: v.optional(knex),
  models: v.optional(models),
  migrations: v.optional(folders),
  databases: v.optional(
    v.pipe(
      named(
        settings({
          knex,
          models: v.optional(models),
          migrations: v.optional(folders),
          protected: v.optional(protection),
        }),
        'an object with a name for each database',
      ),
      v.check((named) => Object.keys(named).length > 0, 'at least one database by name'),
    ),
  ),
  versionTable: v.optional(
    v.pipe(v.string(PREFIX_WORDS), v.regex(/^(?:[a-z_]\w*\.)?[a-z_]\w*$/i, PREFIX_WORDS)),
  ),
  knexTable: v.optional(
    v.lazy((value) =>
      typeof value === 'string' ? text('a table') : v.literal(false, 'a table, or false'),
    ),
  ),
  include: v.optional(patterns),
  exclude: v.optional(patterns),
  compare: v.optional(compare),
  hooks: v.optional(
    settings({
      beforeWrite: v.optional(aFunction),
      afterWrite: v.optional(aFunction),
      onApply: v.optional(aFunction),
      onFailure: v.optional(aFunction),
    }),
  ),
  fileTemplate: v.optional(text('a file name with {timestamp}, {revision} and {slug} in it')),
  template: v.optional(text('the path of a file')),
  protected: v.optional(protection),
  lockTimeout: v.optional(duration),
  statementTimeout: v.optional(duration),
  backup: v.optional(backup),
  loader: v.optional(v.picklist(['esbuild', 'jiti', 'tsx'], "'esbuild', 'jiti' or 'tsx'")),
  keys: v.optional(
    named(
      oneOrMore(text('a key, or a list of keys'), 'a key, or a list of keys'),
      'an object with a key for each action',
    ),
  ),
})

function isSettingsObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What belongs under the keys that must be given, in words. */
export const REQUIRED_WORDS: Readonly<Record<string, string>> = {
  knex: KNEX_WORDS,
  knexfile: 'the path of a knexfile',
  paths: MODEL_WORDS,
  refuse: 'true or false',
}
