/** What the child takes from the files of the configuration: predicates, and Knex's own settings. */
import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { messageOf } from '../errors.js'
import { modelRecorder } from '../vocabulary/client.js'
import type { ModelRecorder } from '../vocabulary/client.js'
import type { Outcomes } from './loading/load-files.js'
import { locate } from './located.js'
import type { ChildRequest, LocatedValue } from './messages.js'
import type { ModelClass } from './model-class.js'

/** Something of the configuration does not give what it is asked for; nothing can be read without it. */
export class Refused extends Error {
  readonly what: string
  readonly fix: string

  constructor(what: string, reason: string, fix = `Correct ${what}.`) {
    super(reason)
    this.name = 'Refused'
    this.what = what
    this.fix = fix
  }
}

/** The absolute, real name of the file that a value stands in. */
export function fileOf({ file }: LocatedValue): string {
  try {
    return realpathSync(file)
  } catch {
    return resolve(file)
  }
}

/** The predicate as a function that gives true or false. @throws Refused where it is none, or throws */
export async function predicateOf(
  located: LocatedValue | null,
  outcomes: Outcomes,
): Promise<(model: ModelClass) => boolean> {
  if (located === null) return () => true
  const predicate = await valueAt(located, outcomes)
  if (typeof predicate !== 'function') {
    throw new Refused(located.file, `${located.steps.join('.')} is no function`)
  }
  return (model) => {
    try {
      return Boolean(Reflect.apply(predicate, undefined, [model]))
    } catch (thrown) {
      throw new Refused(
        located.file,
        `${located.steps.join('.')} threw for ${model.name}: ${messageOf(thrown)}`,
      )
    }
  }
}

/** The Knex configuration with its functions, else one of the client alone. @throws Refused */
export async function knexConfigOf(
  { knex }: ChildRequest,
  outcomes: Outcomes,
): Promise<Readonly<Record<string, unknown>>> {
  if (knex.config === null) return { client: knex.client }
  const config = await valueAt(knex.config, outcomes)
  if (typeof config !== 'object' || config === null) {
    throw new Refused(knex.config.file, `${knex.config.steps.join('.')} is no Knex configuration`)
  }
  return { ...config, client: Reflect.get(config, 'client') ?? knex.client }
}

/** A recorder over the project's own Knex; over ours where it has none. */
export function makeRecorder(
  folder: string,
  config: Readonly<Record<string, unknown>>,
): ModelRecorder {
  const own = createRequire(import.meta.url)
  const projects = createRequire(join(folder, 'package.json'))
  let knex: unknown
  try {
    knex = projects('knex')
  } catch {
    knex = own('knex')
  }
  return modelRecorder(knex, config)
}

async function valueAt(located: LocatedValue, outcomes: Outcomes): Promise<unknown> {
  const outcome = outcomes.get(fileOf(located))
  try {
    if (outcome?.kind === 'failed') throw outcome.thrown
    return await locate(outcome?.exports, located)
  } catch (thrown) {
    throw new Refused(located.file, messageOf(thrown))
  }
}
