/** Reads the relations of a model as Objection resolves them, one by one: one that fails hides no other. */
import type { Join, Model, Reference, Relations } from './described.js'
import type { Identifiers } from './identifiers.js'
import type { ModelClass, RelationSide, ResolvedRelation } from '../model-class.js'

/** A relation that could not be resolved, and what was thrown. */
export interface FailedRelation {
  readonly name: string
  readonly thrown: unknown
}

export interface ReadRelations extends Relations {
  readonly failed: readonly FailedRelation[]
}

/** The references and joins that a model's relations stand for. */
export function readRelations(described: Model, identifiers: Identifiers): ReadRelations {
  const references: Reference[] = []
  const joins: Join[] = []
  const failed: FailedRelation[] = []
  for (const name of described.model.getRelationNames()) {
    try {
      const relation = described.model.getRelation(name)
      if (relation.isObjectionManyToManyRelation === true) {
        const join = joinOf(described, name, relation, identifiers)
        if (join !== null) joins.push(join)
      } else {
        const reference = referenceOf(described, name, relation, identifiers)
        if (reference !== null) references.push(reference)
      }
    } catch (thrown) {
      failed.push({ name, thrown })
    }
  }
  return { references, joins, failed }
}

/** Null where the relation holds no plain key: one end lies inside a JSON column. */
function referenceOf(
  { model, source }: Model,
  name: string,
  relation: ResolvedRelation,
  identifiers: Identifiers,
): Reference | null {
  const owner = { model, side: relation.ownerProp }
  const related = { model: relation.relatedModelClass, side: relation.relatedProp }
  if (!isPlain(owner.side) || !isPlain(related.side)) return null
  const isBelongs = relation.isObjectionBelongsToOneRelation === true
  if (!isBelongs && relation.isObjectionHasManyRelation !== true) return null
  const [holder, key] = isBelongs ? [owner, related] : [related, owner]
  return {
    where: `${source.model}.${name}`,
    source,
    table: identifiers.table(holder.model.getTableName()),
    columns: holder.side.cols.map((column) => identifiers.column(column)),
    refTable: identifiers.table(key.model.getTableName()),
    refColumns: key.side.cols.map((column) => identifiers.column(column)),
    // Other columns than the primary key are more often a habit of joining than a rule.
    isLoose: isGiven(relation.modify) || !(isBelongs || isPrimaryKey(owner.model, owner.side)),
  }
}

function joinOf(
  { model, source }: Model,
  name: string,
  relation: ResolvedRelation,
  identifiers: Identifiers,
): Join | null {
  const { joinTable, joinTableOwnerProp, joinTableRelatedProp } = relation
  if (joinTable === null || joinTableOwnerProp === null || joinTableRelatedProp === null)
    return null
  const table = identifiers.table(joinTable)
  const where = `${source.model}.${name}`
  const isLoose = isGiven(relation.joinTableModify)
  const to = (side: RelationSide, target: ModelClass, key: RelationSide): Reference => ({
    where,
    source,
    table,
    columns: side.cols.map((column) => identifiers.column(column)),
    refTable: identifiers.table(target.getTableName()),
    refColumns: key.cols.map((column) => identifiers.column(column)),
    isLoose,
  })
  const sides = [joinTableOwnerProp, joinTableRelatedProp, relation.ownerProp, relation.relatedProp]
  if (!sides.every(isPlain)) return null
  return {
    where,
    source,
    table,
    references: [
      to(joinTableOwnerProp, model, relation.ownerProp),
      to(joinTableRelatedProp, relation.relatedModelClass, relation.relatedProp),
    ],
    extras: relation.joinTableExtras.map(({ joinTableCol }) => identifiers.column(joinTableCol)),
  }
}

function isPlain(side: RelationSide): boolean {
  // `users.data:team.id` is a place inside a JSON column.
  return side.cols.every((_, index) => !side.propDescription(index).includes(':'))
}

function isPrimaryKey(model: ModelClass, side: RelationSide): boolean {
  const id = [model.getIdColumn()].flat()
  return id.length === side.cols.length && id.every((name) => side.cols.some((col) => col === name))
}

function isGiven(modifier: unknown): boolean {
  return modifier !== undefined && modifier !== null
}
