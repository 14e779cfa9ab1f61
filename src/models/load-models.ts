/** Reads the project's models in a process of their own, and goes on without what ends or blocks it. */
import { MigrateError } from '../errors.js'
import type { LoadFailure, LoadedModels } from '../schema/desired.js'
import type { Answer, KnownBad, ModelsRequest } from './messages.js'
import { runChild } from './run-child.js'
import type { Ending } from './run-child.js'

const DEFAULT_TIMEOUT = 30_000

/** As many children are started for one reading; the last one's failure ends it. */
const MOST_CHILDREN = 10

/**
 * What the models ask for. A file, class or relation that fails is in `failures` and hides no other.
 * @throws MigrateError `MODELS_CONFIG` where the configuration's own file fails in the child,
 * `MODELS_UNREADABLE` where no child gets through, `INTERRUPTED` by `signal`
 */
export async function loadModels(request: ModelsRequest): Promise<LoadedModels> {
  const { childPath, timeout = DEFAULT_TIMEOUT, signal, ...toRead } = request
  const failures: LoadFailure[] = []
  let knownBad: readonly KnownBad[] = []
  let importedFirst = false
  for (let children = 1; children <= MOST_CHILDREN; children++) {
    const asked = { ...toRead, knownBad, importedFirst }
    const ending = await runChild(childPath, asked, timeout, signal)
    if (ending.kind === 'answered') return resultOf(ending.answer, failures)
    const { file, model, surely } = ending.during
    if (file === null) throw unreadable(ending, timeout)
    if (!surely && !importedFirst) {
      importedFirst = true
      continue
    }
    // What is known to be bad is not tried again, so this would go on for ever.
    if (knownBad.some((bad) => bad.file === file && bad.model === model)) {
      throw unreadable(ending, timeout)
    }
    knownBad = [...knownBad, { file, model }]
    failures.push(failureOf(ending, file, model, timeout))
  }
  throw new MigrateError(
    'MODELS_UNREADABLE',
    1,
    `${failures.length} model files ended or blocked the process that loads them.`,
    {
      why: failures.map(({ file, reason }) => `${file} ${reason}`).join('; '),
      fix: 'Leave these files out in the configuration, or let them do nothing when they are imported.',
    },
  )
}

function resultOf(answer: Answer, failures: readonly LoadFailure[]): LoadedModels {
  switch (answer.kind) {
    case 'result':
      return { ...answer.loaded, failures: [...failures, ...answer.loaded.failures] }
    case 'refused':
      throw new MigrateError(
        'MODELS_CONFIG',
        2,
        `${answer.what} could not be used for the models.`,
        {
          why: answer.reason,
          fix: answer.fix,
        },
      )
    case 'fault':
      throw new Error(`The process that loads models failed.\n${answer.stack}`)
  }
}

function failureOf(
  ending: Exclude<Ending, { kind: 'answered' }>,
  file: string,
  model: string | null,
  timeout: number,
): LoadFailure {
  const doing = model === null ? 'being loaded' : 'being asked for its table'
  const reason =
    ending.kind === 'stuck'
      ? `did not finish ${doing} within ${timeout / 1000} s`
      : `ended the process (${ending.how}) while ${doing}`
  return {
    file,
    model,
    code: ending.kind === 'stuck' ? 'MODEL_FILE_STUCK' : 'MODEL_FILE_EXIT',
    reason,
    ...(ending.output === '' ? {} : { output: ending.output }),
  }
}

function unreadable(ending: Exclude<Ending, { kind: 'answered' }>, timeout: number): MigrateError {
  const { file } = ending.during
  const where = file === null ? 'before or after any file' : `at ${file}, which it knew to be bad`
  return new MigrateError('MODELS_UNREADABLE', 1, 'The models could not be read.', {
    why:
      ending.kind === 'stuck'
        ? `The process that loads them made no progress within ${timeout / 1000} s, ${where}.`
        : `The process that loads them ended (${ending.how}), ${where}.`,
    fix: 'See what the process printed, in the details.',
    details: { output: ending.output },
  })
}
