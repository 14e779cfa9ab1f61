/** Which column a model's property is stored in, by the model's own mapping and then by Knex's. */
import type { Identifiers } from './identifiers.js'
import type { ModelClass } from '../model-class.js'

const FORMAT = '$formatDatabaseJson'

type Format = (json: Readonly<Record<string, unknown>>) => unknown

/**
 * The name of a property's column; null for a property that the model takes out before it writes.
 * Source: Objection's `propertyNameToColumnName`, which says the property's own name for those.
 */
export function createPropertyNames(
  model: ModelClass,
  identifiers: Identifiers,
): (property: string) => string | null {
  const own = ownFormat(model)
  const format = own ?? mapperFormat(model) ?? ((json) => json)
  const added = own === null ? [] : keysOf(tryFormat(format, {}) ?? {})
  return (property) => {
    const json =
      tryFormat(format, { [property]: null }) ??
      // A `$formatDatabaseJson` that cannot bear null rarely renames, so the mappers will do.
      tryFormat(mapperFormat(model) ?? ((same) => same), { [property]: null })
    if (json === null) return identifiers.column(property)
    const name = keysOf(json).find((key) => !added.includes(key) || key === property)
    return name === undefined ? null : identifiers.column(name)
  }
}

/** The model's own `$formatDatabaseJson`; null where it is Objection's, which only applies the mappers. */
function ownFormat(model: ModelClass): Format | null {
  const plain: unknown = Reflect.get(model.objectionModelClass?.prototype ?? {}, FORMAT)
  if (Reflect.get(model.prototype, FORMAT) === plain) return null
  return (json) => new model().$formatDatabaseJson(json)
}

function mapperFormat(model: ModelClass): Format | null {
  const mappers = model.getColumnNameMappers()
  if (typeof mappers !== 'object' || mappers === null || !('format' in mappers)) return null
  const { format } = mappers
  return typeof format === 'function'
    ? (json): unknown => Reflect.apply(format, mappers, [json])
    : null
}

function tryFormat(format: Format, json: Readonly<Record<string, unknown>>): object | null {
  try {
    const result = format(json)
    return typeof result === 'object' ? result : null
  } catch {
    return null
  }
}

function keysOf(json: object): readonly string[] {
  return Object.keys(json)
}
