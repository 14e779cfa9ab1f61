/** Asks every class what it says of its table; what one cannot say hides no other. */
import type { LoadFailure, Note } from '../../schema/desired.js'
import type { TableName } from '../../schema/table.js'
import type { ModelRecorder } from '../../vocabulary/client.js'
import { MemberError, declareModel, isDeclared } from './declare-model.js'
import type { DeclaredModel, InferredModel, Join, Model, Reference } from './described.js'
import { classFailure, eachOnce } from '../failures.js'
import type { FailureContext } from '../failures.js'
import type { FoundClass } from '../finding/find-models.js'
import type { Identifiers } from './identifiers.js'
import { inferModel, offeredValues } from './infer-model.js'
import { declaringClass, parentOf } from '../model-class.js'
import type { ModelClass } from '../model-class.js'
import { readRelations } from './relations.js'

export interface DescribeContext extends FailureContext {
  readonly identifiers: Identifiers
  /** Made when the first class declares its table: Knex is loaded for it. */
  readonly recorder: () => ModelRecorder
}

export interface DescribedModels {
  readonly declared: readonly DeclaredModel[]
  readonly inferred: readonly InferredModel[]
  readonly references: readonly Reference[]
  readonly joins: readonly Join[]
  readonly failures: readonly LoadFailure[]
  readonly notes: readonly Note[]
  /** The table of every class that has one. */
  readonly tables: ReadonlyMap<ModelClass, TableName>
}

export function describeModels(
  context: DescribeContext,
  classes: readonly FoundClass[],
): DescribedModels {
  const byClass = new Map(classes.map((found) => [found.model, found]))
  // A mixin puts classes between that no file exports.
  const parents = new Set(classes.flatMap(({ model }) => ancestorsOf(model)))
  const declared: DeclaredModel[] = []
  const inferred: InferredModel[] = []
  const references: Reference[] = []
  const joins: Join[] = []
  const failures: LoadFailure[] = []
  const tables = new Map<ModelClass, TableName>()
  const withoutTable: FoundClass[] = []

  /** Runs `read`, and reports what it throws by the class that has the member. */
  const attempt = (found: FoundClass, member: string, read: () => void): void => {
    try {
      read()
    } catch (thrown) {
      const isMember = thrown instanceof MemberError
      report(found, isMember ? thrown.member : member, isMember ? thrown.cause : thrown)
    }
  }
  const report = (found: FoundClass, member: string, thrown: unknown, owner = member): void => {
    const { name: model, file } = byClass.get(declaringClass(found.model, owner)) ?? found
    failures.push(classFailure(context, { file, model, member }, thrown))
  }

  const describe = (found: FoundClass): void => {
    const { model, name, file } = found
    attempt(found, 'tableName', () => {
      const isAbstract = parents.has(model)
      const table = readTableName(model, isAbstract)
      if (table !== null) tables.set(model, context.identifiers.table(table))
      else if (!isAbstract) withoutTable.push(found)
    })
    const table = tables.get(model)
    if (table === undefined) return
    const described: Model = { model, source: { model: name, file }, table }
    if (isDeclared(described)) {
      attempt(found, 'defineTable', () => {
        const recorded = declareModel(described, context.recorder())
        const offered = offeredValues(described, context.identifiers)
        declared.push({ declared: recorded, offered, ...described })
      })
    } else {
      attempt(found, 'jsonSchema', () => {
        inferred.push(inferModel(described, context.identifiers))
      })
    }
    attempt(found, 'relationMappings', () => {
      const relations = readRelations(described, context.identifiers)
      references.push(...relations.references)
      joins.push(...relations.joins)
      for (const { name: relation, thrown } of relations.failed) {
        report(found, `relation ${relation}`, thrown, 'relationMappings')
      }
    })
  }

  for (const found of classes) {
    const { file, name } = found
    if (context.tracker.isKnownBad(file, name)) continue
    context.tracker.watch({ file, model: name, surely: true }, () => {
      describe(found)
    })
  }
  context.tracker.rest()
  const notes = [...inferred.flatMap(notStoredNotes), ...withoutTable.flatMap(namelessNotes)]
  return { declared, inferred, references, joins, failures: eachOnce(failures), notes, tables }
}

/** A class that says of itself what its table has, and not which: its table's name was forgotten. */
function namelessNotes({ model, name, file }: FoundClass): readonly Note[] {
  if (!Object.hasOwn(model, 'defineTable') && !Object.hasOwn(model, 'jsonSchema')) return []
  return [
    {
      code: 'MODEL_WITHOUT_TABLE',
      message: `${name} (${file}) has no tableName, so it is compared with nothing. A class that others extend needs none.`,
      where: name,
    },
  ]
}

function ancestorsOf(model: ModelClass): readonly ModelClass[] {
  const parent = parentOf(model)
  return parent === null ? [] : [parent, ...ancestorsOf(parent)]
}

/** Null for an abstract class: it has no table's name, or throws where it is asked for one. */
function readTableName(model: ModelClass, isExtended: boolean): string | null {
  try {
    const { tableName } = model
    if (tableName === null || tableName === undefined || tableName === '') return null
    return model.getTableName()
  } catch (thrown) {
    if (isExtended) return null
    throw thrown
  }
}

function notStoredNotes({ source, notStored }: InferredModel): readonly Note[] {
  return notStored.map((property) => ({
    code: 'MODEL_PROPERTY_NOT_STORED',
    message: `jsonSchema of ${source.model} (${source.file}) names ${property}, which the model takes out before it writes: no column is made of it.`,
    where: `${source.model}.${property}`,
  }))
}
