/** The words of a table builder with what `tableExtras(table, …)` adds to them. */
import type { Index, Unique } from '../../schema/table.js'
import type { TableExtras } from './extras.js'
import { expectNames, extendColumn, extendIndex, extendUnique } from './extras.js'
import type { TableWord } from './words.js'

/**
 * Words with extras written into them.
 * @throws MigrateError `TABLE_EXTRAS` where the extras name what no word of the call does
 */
export function extendWords(
  words: readonly TableWord[],
  extras: TableExtras,
  table: string,
): readonly TableWord[] {
  const columns = words.flatMap((word) => ('stated' in word ? [word.stated.column] : []))
  const indexes = words.flatMap((word): readonly (Index | Unique)[] => {
    if (word.kind === 'index') return [word.index]
    return word.kind === 'unique' ? [word.unique] : []
  })
  expectNames(table, 'column', extras.columns, columns)
  expectNames(table, 'index', extras.indexes, indexes)
  const extended = words.map((word) => extendWord(word, extras))
  return extras.options === undefined
    ? extended
    : [...extended, { kind: 'options', options: extras.options }]
}

function extendWord(word: TableWord, extras: TableExtras): TableWord {
  switch (word.kind) {
    case 'column':
    case 'alterColumn': {
      const column = extendColumn(word.stated.column, extras)
      if (column === word.stated.column) return word
      return { ...word, stated: { column, says: { ...word.stated.says, generation: true } } }
    }
    case 'index':
      return { ...word, index: extendIndex(word.index, extras) }
    case 'unique': {
      const extended = extendUnique(word.unique, extras)
      return 'parts' in extended
        ? { kind: 'index', index: extended }
        : { kind: 'unique', unique: extended }
    }
    default:
      return word
  }
}
