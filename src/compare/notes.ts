/** What a comparison tells without acting on it. */
import type { Note } from '../schema/desired.js'
import type { TableName } from '../schema/table.js'

/** Something that is not dropped while models are missing. */
export function withheldDrop(what: string, where: string): Note {
  return {
    code: 'DROP_WITHHELD',
    message: `${what} stays: no model names it, but not every model could be read.`,
    where,
  }
}

/** A table that differs, and would still do so after all changes. */
export function unresolved(table: TableName): Note {
  return {
    code: 'DIFFERENCE_UNRESOLVED',
    message: `${table} differs from its model in a way that no change can mend.`,
    where: table,
  }
}

/** A column that is computed no more starts empty, although its drop loses nothing that was written. */
export function computedNoMore(where: string): Note {
  return {
    code: 'COMPUTED_NO_MORE',
    message: `${where} is made anew without the values that were computed for it.`,
    where,
  }
}

/** A table that no model claims, kept because another one that stays references it. */
export function stillReferenced(table: TableName, by: TableName): Note {
  return {
    code: 'STILL_REFERENCED',
    message: `${table} stays: ${by} references it.`,
    where: table,
  }
}

/** A table that is not dropped because one of its columns is excluded from all changes. */
export function partlyExcluded(table: TableName): Note {
  return {
    code: 'PARTLY_EXCLUDED',
    message: `${table} stays: no model claims it, but a column of it is excluded.`,
    where: table,
  }
}

/** A foreign key of a model that leads to no table. */
export function parentMissing(where: string, parent: TableName): Note {
  return {
    code: 'PARENT_MISSING',
    message: `${where} references ${parent}, which neither the database nor a model has.`,
    where,
  }
}

/** A foreign key of a model to columns that may hold the same value twice. */
export function parentNotUnique(
  where: string,
  parent: TableName,
  columns: readonly string[],
): Note {
  return {
    code: 'PARENT_NOT_UNIQUE',
    message: `${where} references ${parent} (${columns.join(', ')}), which no primary key and no unique covers: databases refuse such a key, or the rows under it.`,
    where,
  }
}

/** A foreign key of a model to a column that its parent has not; `near` is what was probably meant. */
export function parentColumnMissing(
  where: string,
  { parent, column, near }: { parent: TableName; column: string; near: string | null },
): Note {
  const meant = near === null ? '' : ` Did you mean ${near}?`
  return {
    code: 'PARENT_COLUMN_MISSING',
    message: `${where} references ${parent} (${column}), and ${parent} has no column ${column}.${meant}`,
    where,
  }
}

/** One enum type for which two tables list different values. */
export function enumConflict(name: string, tables: readonly TableName[]): Note {
  return {
    code: 'ENUM_CONFLICT',
    message: `The models list different values for the enum ${name}, in ${tables.join(' and ')}; those of ${tables[0] ?? ''} are taken.`,
    where: name,
  }
}

/** An enum type that nothing uses any more, and that is not ours to drop. */
export function enumStays(name: string): Note {
  return {
    code: 'ENUM_STAYS',
    message: `No column uses the enum ${name} any more; it stays: no revision written from models created it.`,
    where: name,
  }
}

/** A primary key over the same columns under another name. */
export function primaryKeyName(
  table: TableName,
  { live, model }: { readonly live: string; readonly model: string },
): Note {
  return {
    code: 'PRIMARY_KEY_NAME',
    message: `The primary key of ${table} is named ${live}, not ${model}; it is not rebuilt for its name.`,
    where: table,
  }
}
