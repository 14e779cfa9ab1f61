/** Reads Knex configurations: a knexfile, one of its environments, or settings written in place. */
import { MigrateError, messageOf } from '../errors.js'
import { loadFailure } from './load-failure.js'
import { loadDefaultExport } from './load-module.js'
import { didYouMean } from './near-miss.js'
import type { KnexConfig } from './project.js'

/** Which environment is wanted, and whether somebody asked for it by name. */
export interface EnvironmentChoice {
  readonly name: string
  readonly isExplicit: boolean
}

/** A Knex configuration, with the environment that it is for; null where it is not by environment. */
export interface ChosenKnexConfig {
  readonly config: KnexConfig
  readonly environment: string | null
}

/**
 * What a configuration file exports: its default export, called if it is a function, awaited if
 * it is a promise.
 * @throws MigrateError `CONFIG_LOAD` where the file does not load
 */
export async function loadConfigFile(path: string, context: readonly unknown[]): Promise<unknown> {
  try {
    const exported = await loadDefaultExport(path)
    return await (typeof exported === 'function'
      ? (exported as (...args: readonly unknown[]) => unknown)(...context) // a function of the project's
      : exported)
  } catch (thrown) {
    throw await loadFailure(path, thrown)
  }
}

/**
 * The Knex configuration in `value`, by the rule of Knex's own command line: the environment's
 * where there is one of that name, else the whole.
 * @throws MigrateError `KNEX_CONFIG`, `KNEX_ENVIRONMENT`
 */
export function chooseEnvironment(
  value: unknown,
  choice: EnvironmentChoice,
  where: string,
): ChosenKnexConfig {
  if (!isRecord(value)) {
    throw new MigrateError('KNEX_CONFIG', 2, `${where} is no Knex configuration.`, {
      fix: 'Export an object with client and connection, or one such object for each environment.',
    })
  }
  requireReadable(value, [choice.name], where)
  const chosen = value[choice.name]
  if (isRecord(chosen)) {
    requireReadable(chosen, Object.keys(chosen), `${where}: ${choice.name}`)
    return { config: chosen, environment: choice.name }
  }
  requireReadable(value, Object.keys(value), where)
  const names = Object.keys(value).filter((key) => isRecord(value[key]) && isFlat(value[key]))
  if (isFlat(value) || names.length === 0) return { config: value, environment: null }
  throw new MigrateError(
    'KNEX_ENVIRONMENT',
    2,
    `${where} has no environment ${choice.name}.${didYouMean(choice.name, names)}`,
    {
      why: choice.isExplicit
        ? 'It was asked for by name.'
        : 'Without --env, NODE_ENV names the environment, else it is development.',
      fix: `Say which one with --env: ${names.join(', ')}.`,
      details: { environments: names },
    },
  )
}

/**
 * Makes sure of settings that are computed when they are read, and of those inside them.
 * @throws MigrateError `KNEX_CONFIG`
 */
function requireReadable(config: KnexConfig, keys: readonly string[], where: string): void {
  for (const key of keys) {
    try {
      const value = config[key]
      if (isRecord(value)) Object.values(value)
    } catch (thrown) {
      throw new MigrateError(
        'KNEX_CONFIG',
        2,
        `${where}: ${key} cannot be read: ${messageOf(thrown)}`,
        { fix: 'Correct it in the Knex configuration.', cause: thrown },
      )
    }
  }
}

function isFlat(value: KnexConfig): boolean {
  return ['client', 'dialect', 'connection'].some((key) => value[key] !== undefined)
}

/** Whether a value is an object with keys, of whatever making. */
export function isRecord(value: unknown): value is KnexConfig {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
