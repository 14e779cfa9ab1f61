/** One script, loaded: the functions that a run calls. */
import { basename } from 'node:path'
import { MigrateError, messageOf } from '../../errors.js'
import type { ScriptFile } from '../folder.js'
import type { ScriptFunction } from './record.js'
import { guarded } from '../process-guard.js'
import { syntaxErrorOf } from '../reading/script-syntax.js'

export interface LoadedScript {
  readonly up: ScriptFunction
  /** Null where it exports none. */
  readonly down: ScriptFunction | null
  /** Whether `down` has nothing in its body but comments. */
  readonly isDownEmpty: boolean
  readonly config: { readonly transaction: boolean }
}

/** The text of a function without statements. */
const EMPTY_BODY = /(?:=>|\))\s*\{(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*\}$/

/** A script as a person calls it, and where it is loaded from. */
export type Loadable = Pick<ScriptFile, 'revision' | 'knexName' | 'load'>

/**
 * Runs the module of a script, and gives its functions. `usesTransactions` is what holds where the
 * script does not say.
 * @throws MigrateError `SCRIPT_SYNTAX` with file, line and column, `SCRIPT_IMPORT`, `SCRIPT_NO_UP`
 */
export async function loadScript(script: Loadable, usesTransactions = true): Promise<LoadedScript> {
  const loaded = await loadedModule(script)
  const holder = exportsOf(loaded)
  if (holder === null) throw withoutUp(script)
  const { up, down, config } = holder
  if (!isFunction(up)) throw withoutUp(script)
  return {
    up: scriptFunction(up, holder),
    down: isFunction(down) ? scriptFunction(down, holder) : null,
    isDownEmpty: isFunction(down) && EMPTY_BODY.test(String(down)),
    config: { transaction: transactionOf(config) ?? usesTransactions },
  }
}

async function loadedModule(script: Loadable): Promise<unknown> {
  try {
    return await guarded('it', () => script.load())
  } catch (thrown) {
    throw (await syntaxErrorOf(script.revision.path, thrown)) ?? importFailed(script, thrown)
  }
}

type Holder = Readonly<Record<string, unknown>>
type AnyFunction = (...args: readonly unknown[]) => unknown

/** What holds `up`: the module, its default export, or what a compiler put inside that. */
function exportsOf(loaded: unknown): Holder | null {
  if (!isHolder(loaded)) return null
  const inner = loaded.default
  const deepest = isHolder(inner) ? inner.default : undefined
  const holders = [loaded, inner, loaded['module.exports'], deepest].filter(isHolder)
  return holders.find(({ up }) => isFunction(up)) ?? null
}

function isHolder(value: unknown): value is Holder {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === 'function'
}

/** Whatever it returns is awaited: a Knex builder runs only then. */
function scriptFunction(written: AnyFunction, holder: Holder): ScriptFunction {
  return async (knex) => {
    try {
      return await guarded('it', async () => await Reflect.apply(written, holder, [knex]))
    } catch (thrown) {
      if (thrown === undefined || thrown === null) throw withoutReason()
      throw thrown
    }
  }
}

/** Knex takes a transaction that rejects with nothing for one that was rolled back on purpose. */
function withoutReason(): MigrateError {
  return new MigrateError('SCRIPT_FAILED', 1, 'the script rejected without a reason', {
    why: 'It threw undefined or null, or called Promise.reject() without an error.',
    fix: 'Throw an Error that says what is wrong.',
  })
}

function transactionOf(config: unknown): boolean | null {
  if (!isHolder(config)) return null
  const { transaction } = config
  return typeof transaction === 'boolean' ? transaction : null
}

function nameOf({ revision, knexName }: Loadable): string {
  return revision.path === null ? knexName : basename(revision.path)
}

function importFailed(script: Loadable, thrown: unknown): MigrateError {
  const { path, id } = script.revision
  return new MigrateError(
    'SCRIPT_IMPORT',
    2,
    `${nameOf(script)} could not be loaded: ${messageOf(thrown)}`,
    {
      why: 'Loading a script runs its top level and what it imports.',
      fix: `Correct ${path ?? nameOf(script)}, or install what it imports.`,
      details: { revision: id, path, place: placeIn(path, thrown) },
      cause: thrown,
    },
  )
}

/** `line:column` of the first place in the script's own file that the error came through. */
function placeIn(path: string | null, thrown: unknown): string | null {
  if (path === null || !(thrown instanceof Error)) return null
  const at = thrown.stack?.indexOf(`${path}:`) ?? -1
  return at === -1
    ? null
    : (/^\d+:\d+/.exec(thrown.stack?.slice(at + path.length + 1) ?? '')?.[0] ?? null)
}

function withoutUp(script: Loadable): MigrateError {
  const { path, id } = script.revision
  return new MigrateError('SCRIPT_NO_UP', 2, `${nameOf(script)} exports no function up.`, {
    why: 'A script says in up what it does and in down how to undo it.',
    fix: 'Export an async function up(knex), or move the file out of the migrations.',
    details: { revision: id, path },
  })
}
