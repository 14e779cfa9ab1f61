/** Turns what went wrong into failures, each told once, where it began. */
import { MigrateError, messageOf } from '../errors.js'
import type { LoadFailure } from '../schema/desired.js'
import type { Frames } from './loading/frames.js'
import { ExitCalled } from './loading/guards.js'
import type { Guards } from './loading/guards.js'
import { KnownBadModule } from './loading/tracker.js'
import type { Tracker } from './loading/tracker.js'

export interface FailureContext {
  readonly tracker: Tracker
  readonly frames: Frames
  readonly guards: Guards
}

/**
 * Why a file could not be loaded: its own failure, or that of a module that it imports together with
 * the fact that it does. None for a file that the parent has reported already.
 */
export function fileFailures(
  context: FailureContext,
  file: string,
  thrown: unknown,
): readonly LoadFailure[] {
  const isKnown = thrown instanceof KnownBadModule
  const culprit = isKnown ? thrown.file : (context.tracker.culpritOf(thrown) ?? file)
  const own: LoadFailure = {
    file: culprit,
    model: null,
    code: thrown instanceof ExitCalled ? 'MODEL_FILE_EXIT' : 'MODEL_FILE_THREW',
    reason:
      thrown instanceof ExitCalled
        ? `${thrown.message} while it was being loaded`
        : reasonOf(context.frames, thrown, culprit),
    ...outputOf(context, culprit),
  }
  const importer: LoadFailure = {
    file,
    model: null,
    code: 'MODEL_FILE_IMPORTS',
    reason: `imports ${culprit}, which could not be loaded`,
  }
  return [...(isKnown ? [] : [own]), ...(culprit === file ? [] : [importer])]
}

/** What a class could not say of itself, with the member that was asked for. */
export function classFailure(
  { frames }: FailureContext,
  where: { readonly file: string; readonly model: string; readonly member: string },
  thrown: unknown,
): LoadFailure {
  const { file, model, member } = where
  return {
    file,
    model,
    code: CODES[member] ?? 'MODEL_CLASS',
    reason: `${member}: ${reasonOf(frames, thrown, file)}`,
  }
}

const CODES: Readonly<Record<string, string | undefined>> = {
  defineTable: 'MODEL_DEFINE_TABLE',
  tableExtras: 'MODEL_TABLE_EXTRAS',
}

/** Names of errors that say nothing beyond their text. */
const PLAIN = ['Error', 'MigrateError']

/** The error's text, and its line where the stack tells one in the project's sources. */
export function reasonOf(frames: Frames, thrown: unknown, file: string): string {
  // Objection's own words begin with a class that only inherits the relation as often as not.
  const [words = ''] = messageOf(thrown).split('\nRequire stack:')
  const message = words.trim().replace(/^[\w$]+\.relationMappings\.[\w$]+: /, '')
  const isPlain = !(thrown instanceof Error) || PLAIN.includes(thrown.name) || message === ''
  const fix = thrown instanceof MigrateError ? ` ${thrown.fix}` : installing(message)
  const text = isPlain ? message || String(thrown) : `${thrown.name}: ${message}`
  const [place] = frames.of(thrown)
  if (place === undefined) return text + fix
  return `${text}${fix} (${place.file === file ? '' : `${place.file}, `}line ${place.line})`
}

/** A bare name is a package; with a path behind it, it may as well be an alias of the project's. */
function installing(message: string): string {
  const name = /^Cannot find (?:module|package) '((?:@[\w.-]+\/)?\w[\w.-]*)'/.exec(message)?.[1]
  return name === undefined ? '' : `. Is it installed? npm install ${name}`
}

/** The failures without repetitions: the first for each file, class and reason. */
export function eachOnce(failures: readonly LoadFailure[]): readonly LoadFailure[] {
  const seen = new Map<string, LoadFailure>()
  for (const failure of failures) {
    const key = [failure.file, failure.model, failure.reason].join('\n')
    if (!seen.has(key)) seen.set(key, failure)
  }
  return [...seen.values()]
}

function outputOf({ guards }: FailureContext, file: string): { readonly output?: string } {
  const output = guards.outputOf(file)
  return output === '' ? {} : { output }
}
