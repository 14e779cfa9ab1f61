/** An Objection model class as this folder uses it: known by its shape, whichever copy it extends. */

/** One side of a relation. */
export interface RelationSide {
  readonly size: number
  readonly cols: readonly string[]
  /** `users.data:team.id` where it points into a JSON column. */
  propDescription(index: number): string
}

export interface ResolvedRelation {
  readonly isObjectionBelongsToOneRelation?: boolean
  readonly isObjectionHasManyRelation?: boolean
  readonly isObjectionManyToManyRelation?: boolean
  readonly relatedModelClass: ModelClass
  readonly ownerProp: RelationSide
  readonly relatedProp: RelationSide
  readonly modify: unknown
  /** Null but in a relation through a join table. */
  readonly joinTable: string | null
  readonly joinTableOwnerProp: RelationSide | null
  readonly joinTableRelatedProp: RelationSide | null
  readonly joinTableModify?: unknown
  readonly joinTableExtras: readonly { readonly joinTableCol: string }[]
}

/** The instance methods that decide what a property's column is called. */
export interface ModelPrototype {
  $formatDatabaseJson(json: object): Readonly<Record<string, unknown>>
}

export interface ModelClass {
  new (): ModelPrototype
  readonly prototype: ModelPrototype
  readonly name: string
  readonly isObjectionModelClass: true
  /** The `Model` of the copy of Objection that the class extends. */
  readonly objectionModelClass?: ModelClass
  /** A string, a function that gives one, or null in an abstract class. */
  readonly tableName: unknown
  readonly defineTable?: unknown
  readonly tableExtras?: unknown
  readonly columnNameMappers?: unknown
  getTableName(): string
  getIdColumn(): unknown
  getJsonSchema(): unknown
  getJsonAttributes(): readonly string[]
  getVirtualAttributes(): readonly string[]
  getReadOnlyAttributes(): readonly string[]
  getColumnNameMappers(): unknown
  getRelationNames(): readonly string[]
  getRelation(name: string): ResolvedRelation
}

/** Whether a value is a model class, by the flag that Objection itself goes by. */
export function isModelClass(value: unknown): value is ModelClass {
  try {
    return (
      typeof value === 'function' &&
      'isObjectionModelClass' in value &&
      value.isObjectionModelClass === true
    )
  } catch {
    return false
  }
}

/** The class that this one extends, where that is a model class too. */
export function parentOf(model: ModelClass): ModelClass | null {
  const parent: unknown = Object.getPrototypeOf(model)
  return isModelClass(parent) ? parent : null
}

/** The class from which this one has a static member, itself included. */
export function declaringClass(model: ModelClass, member: string): ModelClass {
  for (let owner: ModelClass | null = model; owner !== null; owner = parentOf(owner)) {
    if (Object.hasOwn(owner, member)) return owner
  }
  return model
}

/**
 * The class as it was written: `bindKnex` gives a subclass of the same name that adds nothing but
 * members which begin with `$$`.
 */
export function unbound(model: ModelClass): ModelClass {
  const parent = parentOf(model)
  const isBound =
    parent !== null &&
    parent.name === model.name &&
    Object.hasOwn(model, '$$knex') &&
    Object.getOwnPropertyNames(model).every(
      (name) => name.startsWith('$$') || ['length', 'name', 'prototype'].includes(name),
    )
  return isBound ? unbound(parent) : model
}
