/** Reads what a `knex` key stands for: settings in place, or a knexfile and its environment. */
import { existsSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { MigrateError, withPath } from '../errors.js'
import type { KnexSource } from './config.js'
import { chooseEnvironment, isRecord, loadConfigFile } from './knexfile.js'
import type { EnvironmentChoice } from './knexfile.js'
import type { ConfigValue, KnexConfig } from './project.js'

/** Where a configuration stands, and for which environment it is read. */
export interface ConfigPlace {
  readonly root: string
  readonly configPath: string
  readonly environment: EnvironmentChoice
}

/** A Knex configuration, and where it was read. */
export interface ReadKnex {
  readonly knexConfig: KnexConfig
  readonly environment: string | null
  readonly knexFolder: string
  readonly knexSource: ConfigValue
  /** For messages: `knexfile.js`, or the key that holds it. */
  readonly where: string
}

/**
 * The Knex configuration that a `knex` key stands for; `steps` lead to the key.
 * @throws MigrateError `CONFIG_MISSING`, `CONFIG_LOAD`, `KNEX_CONFIG`, `KNEX_ENVIRONMENT`
 */
export async function readKnex(
  source: KnexSource,
  place: ConfigPlace,
  steps: readonly string[],
): Promise<ReadKnex> {
  const { root, configPath } = place
  const key = steps.join('.')
  const isFile = typeof source === 'string' || (isRecord(source) && 'knexfile' in source)
  if (!isFile) {
    const where = `${basename(configPath)}: ${key}`
    const { config, environment } = chooseEnvironment(source, place.environment, where)
    const knexSource = { file: configPath, steps: [...steps, ...named(environment)] }
    return { knexConfig: config, environment, knexFolder: root, knexSource, where }
  }
  const { path, environment } = referenceOf(source, place)
  if (!existsSync(path)) {
    throw new MigrateError('CONFIG_MISSING', 2, `There is no knexfile ${path}.`, {
      why: `${key} of ${basename(configPath)} names it.`,
      fix: 'Correct the path; it is relative to the configuration file.',
    })
  }
  const where = relative(root, path) || basename(path)
  const chosen = await chosenIn(path, environment, where)
  return {
    knexConfig: chosen.config,
    environment: chosen.environment,
    knexFolder: dirname(path),
    knexSource: { file: path, steps: named(chosen.environment) },
    where,
  }
}

async function chosenIn(
  path: string,
  environment: EnvironmentChoice,
  where: string,
): Promise<ReturnType<typeof chooseEnvironment>> {
  try {
    return chooseEnvironment(await loadConfigFile(path, []), environment, where)
  } catch (thrown) {
    throw withPath(thrown, path)
  }
}

function named(environment: string | null): readonly string[] {
  return environment === null ? [] : [environment]
}

function referenceOf(
  source: string | KnexSource,
  { root, environment }: ConfigPlace,
): { readonly path: string; readonly environment: EnvironmentChoice } {
  if (typeof source === 'string') return { path: resolve(root, source), environment }
  // Checked on entry: both keys are texts.
  const { knexfile, environment: named } = source as {
    readonly knexfile: string
    readonly environment?: string
  }
  return {
    path: resolve(root, knexfile),
    // --env is stronger: it was typed for this run.
    environment:
      named === undefined || environment.isExplicit
        ? environment
        : { name: named, isExplicit: true },
  }
}
