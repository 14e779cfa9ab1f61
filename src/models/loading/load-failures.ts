/** What of the loading failed, at once or when nobody waited any more. */
import type { LoadFailure, Note } from '../../schema/desired.js'
import { fileFailures, reasonOf } from '../failures.js'
import type { FailureContext } from '../failures.js'
import { nameOf } from '../file-name.js'
import type { FoundClass } from '../finding/find-models.js'
import type { Outcomes } from './load-files.js'

/** The failures of `files`, in their order. */
export function loadFailures(
  context: FailureContext,
  root: string,
  files: readonly string[],
  outcomes: Outcomes,
): readonly LoadFailure[] {
  return files.flatMap((file) => {
    const outcome = outcomes.get(file)
    const name = nameOf(root, file)
    if (outcome?.kind === 'failed') return fileFailures(context, name, outcome.thrown)
    // A module that caught what its own `process.exit` threw would not have come this far in earnest.
    const exit = context.guards.exitOf(name)
    return exit === null ? [] : fileFailures(context, name, exit)
  })
}

/** What was thrown with nobody waiting: a failure where the file has no class to show for itself. */
export function lateErrors(
  { frames, guards }: FailureContext,
  root: string,
  files: readonly string[],
  found: readonly FoundClass[],
): { readonly failures: readonly LoadFailure[]; readonly notes: readonly Note[] } {
  const names = new Set(files.map((file) => nameOf(root, file)))
  const withClasses = new Set(found.map(({ file }) => file))
  const failures: LoadFailure[] = []
  const notes: Note[] = []
  for (const { thrown, during } of guards.lateErrors()) {
    const file = frames.of(thrown)[0]?.file ?? during
    const reason = reasonOf(frames, thrown, file ?? '')
    if (file !== null && names.has(file) && !withClasses.has(file)) {
      failures.push({ file, model: null, code: 'MODEL_FILE_THREW', reason })
    } else {
      const message = `${file ?? 'A module'} threw after it was loaded: ${reason}`
      notes.push({ code: 'MODEL_FILE_THREW_LATE', message, where: file ?? 'models' })
    }
  }
  return { failures, notes }
}
