/** The child's whole work: finds the files, loads them, and says what the classes in them describe. */
import { realpathSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { messageOf } from '../errors.js'
import type { LoadFailure, LoadedModels } from '../schema/desired.js'
import { Refused, fileOf, knexConfigOf, makeRecorder, predicateOf } from './configured.js'
import { describeModels } from './describing/describe-models.js'
import { eachOnce } from './failures.js'
import type { FailureContext } from './failures.js'
import { nameOf } from './file-name.js'
import { findFiles } from './finding/find-files.js'
import { findModels } from './finding/find-models.js'
import type { FoundClass } from './finding/find-models.js'
import { createFrames } from './loading/frames.js'
import type { Guards } from './loading/guards.js'
import { identifiersOf } from './describing/identifiers.js'
import { createImports } from './loading/imports.js'
import { lateErrors, loadFailures } from './loading/load-failures.js'
import { isTypeScript, loadFiles, prepareLoading } from './loading/load-files.js'
import type { LoadContext, Outcomes } from './loading/load-files.js'
import type { ChildRequest, LocatedValue } from './messages.js'
import { TRACKER_KEY } from './loading/tracker.js'
import type { Tracker } from './loading/tracker.js'
import { uniteModels } from './describing/unite.js'

interface Selected {
  readonly files: readonly string[]
  readonly predicate: LocatedValue | null
}

/** What the models of `request` describe, and what failed on the way. @throws Refused */
export async function readModels(
  request: ChildRequest,
  tracker: Tracker,
  guards: Guards,
): Promise<LoadedModels> {
  const root = realpathSync(request.root)
  const frames = createFrames(root)
  const loading: LoadContext = { root, request, tracker, frames }
  const context: FailureContext = { tracker, frames, guards }
  Reflect.set(globalThis, TRACKER_KEY, tracker)

  const { selections, missing } = await selectFiles(request, root)
  const files = [...new Set(selections.flatMap((selection) => selection.files))]
  await prepareLoading(loading).catch((thrown: unknown) => {
    throw new Refused(
      'The loader tsx',
      messageOf(thrown),
      `Install tsx in ${root}, or choose another loader.`,
    )
  })
  const outcomes = await loadAll(loading, files, selections)
  tracker.rest()
  const imports = createImports()
  const chosen = new Set<FoundClass['model']>()
  const found: FoundClass[] = []
  for (const { files: places, predicate } of selections) {
    const isMeant = await predicateOf(predicate, outcomes)
    for (const each of findModels(root, places, outcomes, imports)) {
      if (chosen.has(each.model) || !isMeant(each.model)) continue
      chosen.add(each.model)
      found.push(each)
    }
  }
  const knexConfig = await knexConfigOf(request, outcomes)
  // What modules do at once, but not at import, shows by now.
  await setImmediate()

  const described = describeModels(
    {
      ...context,
      identifiers: identifiersOf(knexConfig),
      recorder: once(() => makeRecorder(request.knex.folder, knexConfig)),
    },
    found,
  )
  const united = uniteModels(described.declared, described.inferred, described)
  const late = lateErrors(context, root, files, found)
  return {
    tables: united.tables,
    failures: eachOnce([
      ...missing,
      ...loadFailures(context, root, files, outcomes),
      ...late.failures,
      ...described.failures,
      ...united.failures,
    ]),
    notes: [...described.notes, ...late.notes],
    models: found.map(({ model, name, file }) => ({
      model: name,
      file,
      table: described.tables.get(model) ?? null,
    })),
  }
}

async function selectFiles(
  request: ChildRequest,
  root: string,
): Promise<{ readonly selections: readonly Selected[]; readonly missing: readonly LoadFailure[] }> {
  const found = await Promise.all(
    request.selections.map(({ paths }) => findFiles(root, paths, request.exclude)),
  )
  const missing = found.flatMap((files) => files.missing)
  return {
    selections: found.map(({ files }, index) => ({
      files,
      predicate: request.selections[index]?.predicate ?? null,
    })),
    missing: [
      ...missing.map((place) => ({
        file: place,
        model: null,
        code: 'MODEL_FILE_MISSING',
        reason: 'there is no such file, folder or package, and no file matches it',
      })),
      ...found
        .flatMap(({ unreadable }) => unreadable)
        .map((folder) => ({
          file: nameOf(root, folder),
          model: null,
          code: 'MODEL_FOLDER_UNREADABLE',
          reason: 'the folder could not be listed: this user may not, or it is damaged',
        })),
    ],
  }
}

/**
 * Model files and what the configuration needs from its own. A predicate may compare classes, so it
 * gets the very ones that the models get; a knexfile in another language is loaded by itself.
 */
async function loadAll(
  loading: LoadContext,
  files: readonly string[],
  selections: readonly Selected[],
): Promise<Outcomes> {
  const predicates = selections.flatMap(({ predicate }) => predicate ?? [])
  const knex = loading.request.knex.config
  const together = new Set([...files, ...predicates.map(fileOf)])
  const isAlone =
    knex !== null && isTypeScript(knex.file) !== [...together].some((file) => isTypeScript(file))
  if (knex !== null && !isAlone) together.add(fileOf(knex))
  const outcomes = await loadFiles(loading, [...together])
  if (knex === null || !isAlone) return outcomes
  return new Map([...outcomes, ...(await loadFiles(loading, [fileOf(knex)]))])
}

function once<T extends object>(make: () => T): () => T {
  let made: T | null = null
  return () => (made ??= make())
}
