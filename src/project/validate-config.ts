/** Holds a configuration against its shape, and says what is wrong in the person's own words. */
import { inspect } from 'node:util'
import { safeParse } from 'valibot'
import type { BaseIssue } from 'valibot'
import { MigrateError } from '../errors.js'
import { configSchema, REQUIRED_WORDS } from './config-schema.js'
import type { Config } from './config.js'
import { didYouMean } from './near-miss.js'
import { isSecretKey, maskValue } from './secrets.js'

/**
 * The same value as a configuration; `where` names its file in messages.
 * @throws MigrateError `CONFIG_KEY` for an unknown key, `CONFIG_VALUE` for a wrong value, with all of them in its details
 */
export function validateConfig(value: unknown, where: string): Config {
  const result = safeParse(configSchema, value)
  if (result.success) {
    const config = result.output as Config // the schema is this type, written as data
    checkTogether(config, where)
    return config
  }
  // A misspelt key is why another is missing.
  const problems = result.issues
    .flatMap(problemsOf)
    .toSorted((a, b) => Number(b.isUnknown) - Number(a.isUnknown))
  const [first] = problems
  if (first === undefined) throw new Error('A failed check names no problem.')
  throw new MigrateError(
    first.isUnknown ? 'CONFIG_KEY' : 'CONFIG_VALUE',
    2,
    `${where}: ${first.message}`,
    {
      ...(problems.length === 1 ? {} : { why: othersOf(problems.slice(1)) }),
      fix: first.fix,
      details: { keys: problems.map(({ key }) => key) },
    },
  )
}

interface Problem {
  readonly key: string
  readonly isUnknown: boolean
  readonly message: string
  readonly fix: string
}

function problemsOf(issue: BaseIssue<unknown>): readonly Problem[] {
  return issue.type === 'strict_object' && issue.expected === 'never'
    ? unknownKeys(issue)
    : [wrongValue(issue)]
}

/** All of an object's, where the check names the first alone. */
function unknownKeys({ path, message }: BaseIssue<unknown>): readonly Problem[] {
  const allowed = message.split(', ')
  const owner: unknown = path?.at(-1)?.input
  const keys = typeof owner === 'object' && owner !== null ? Object.keys(owner) : []
  const inside = (path ?? []).slice(0, -1).map(({ key }) => String(key))
  return keys
    .filter((key) => !allowed.includes(key))
    .map((name) => {
      const key = [...inside, name].join('.')
      return {
        key,
        isUnknown: true,
        message: `there is no setting ${key}.${didYouMean(name, allowed)}`,
        fix: `Settings ${inside.length > 0 ? `of ${inside.join('.')}` : 'there'}: ${message}.`,
      }
    })
}

function wrongValue(issue: BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).map(({ key }) => String(key))
  const key = path.join('.')
  if (key === '') {
    return {
      key,
      isUnknown: false,
      message: `it exports ${found(issue.input, path)} instead of settings.`,
      fix: `Export an object with settings: export default { knex: …, models: … }.`,
    }
  }
  if (issue.input === undefined) {
    const words = REQUIRED_WORDS[path.at(-1) ?? ''] ?? wanted(issue)
    return { key, isUnknown: false, message: `${key} is missing.`, fix: `Give it ${words}.` }
  }
  return {
    key,
    isUnknown: false,
    message: `${key} is ${found(issue.input, path)}.`,
    fix: `Make it ${wanted(issue)}.`,
  }
}

/** What is allowed; an object of settings says so by the names of its keys. */
function wanted(issue: BaseIssue<unknown>): string {
  return issue.type === 'strict_object' ? `an object with ${issue.message}` : issue.message
}

/** What was found, short, with no secret in it. */
function found(value: unknown, path: readonly string[]): string {
  if (path.some(isSecretKey)) return 'not allowed'
  if (typeof value === 'function') return 'a function'
  if (value === undefined) return 'nothing'
  const shown = inspect(maskValue(value), { depth: 1, breakLength: Infinity, maxStringLength: 60 })
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown
}

function othersOf(problems: readonly Problem[]): string {
  return `Also: ${problems.map(({ message }) => message).join(' ')}`
}

/** Rules over several keys. */
function checkTogether(config: Config, where: string): void {
  if (config.databases === undefined) return
  const both = (['knex', 'models', 'migrations'] as const).filter(
    (key) => config[key] !== undefined,
  )
  if (both.length === 0) return
  throw new MigrateError(
    'CONFIG_VALUE',
    2,
    `${where}: ${both.join(' and ')} ${both.length === 1 ? 'stands' : 'stand'} beside databases.`,
    {
      why: 'With databases, each of them has its own.',
      fix: `Move ${both.join(', ')} into one of ${Object.keys(config.databases).join(', ')}.`,
      details: { keys: both },
    },
  )
}
