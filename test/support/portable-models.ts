/** Random models in words that every engine has a counterpart of. */
import fc from 'fast-check'
import type { Models } from './change-kind.js'

/** A column's call, and a value as its default, which is empty where it takes none on some engine. */
const TYPES: readonly (readonly [call: (name: string) => string, value: string])[] = [
  [(name) => `table.string('${name}', 40)`, `'it\\'s'`],
  [(name) => `table.string('${name}')`, `''`],
  [(name) => `table.text('${name}')`, ''],
  [(name) => `table.integer('${name}')`, '7'],
  [(name) => `table.integer('${name}').unsigned()`, '7'],
  [(name) => `table.bigInteger('${name}')`, '-9'],
  [(name) => `table.smallint('${name}')`, '3'],
  [(name) => `table.boolean('${name}')`, 'true'],
  [(name) => `table.decimal('${name}', 10, 2)`, '1.5'],
  [(name) => `table.double('${name}')`, '0.25'],
  [(name) => `table.date('${name}')`, `'2026-01-02'`],
  [(name) => `table.datetime('${name}')`, 'knex.fn.now()'],
  [(name) => `table.timestamp('${name}')`, 'knex.fn.now()'],
  [(name) => `table.time('${name}')`, `'10:11:12'`],
  [(name) => `table.uuid('${name}')`, ''],
  [(name) => `table.json('${name}')`, ''],
  [(name) => `table.binary('${name}')`, ''],
  [(name) => `table.enu('${name}', ['a', 'it\\'s'])`, `'a'`],
]
/** Places in the list of types that take an index everywhere. */
const INDEXED = [0, 3, 4, 5, 6, 8, 10]

const column = fc.record({
  name: fc.constantFrom('name', 'size', 'order', 'two words', 'MixedCase', 'ünï'),
  type: fc.nat({ max: TYPES.length - 1 }),
  notNull: fc.boolean(),
  hasDefault: fc.boolean(),
  comment: fc.constantFrom('', '', `it\\'s "odd"`),
  indexed: fc.constantFrom('', '', '.index()', '.unique()'),
})

const table = fc.record({
  name: fc.constantFrom('users', 'select', 'Big Table', 'posts'),
  counter: fc.constantFrom('increments', 'bigIncrements'),
  columns: fc.uniqueArray(column, { selector: ({ name }) => name, maxLength: 5 }),
  pair: fc.boolean(),
  check: fc.boolean(),
  generated: fc.boolean(),
  parent: fc.constantFrom(null, null, 'CASCADE', 'SET NULL'),
})

/** One to three tables, of which some refer to the first. */
export const portableModels: fc.Arbitrary<Models> = fc
  .uniqueArray(table, { selector: ({ name }) => name, minLength: 1, maxLength: 3 })
  .map((tables) => {
    const [first] = tables
    return Object.fromEntries(
      tables.map((one) => {
        const numbers = one.columns.filter(({ type }) => type === 3)
        const number = numbers.find(({ name }) => name === 'size')
        const parent =
          one.parent !== null && first !== undefined && one !== first
            ? [
                `table.${first.counter === 'increments' ? 'integer' : 'bigInteger'}('parent_id').unsigned().references('id').inTable('${first.name}').onDelete('${one.parent}')`,
              ]
            : []
        return [
          one.name,
          [
            `table.${one.counter}('id')`,
            ...one.columns.map(columnText),
            ...parent,
            ...(one.pair && numbers.length > 1
              ? [`table.unique(${JSON.stringify(numbers.map(({ name }) => name))})`]
              : []),
            ...(one.check && number !== undefined
              ? [`table.check('size > -100', [], '${one.name} sizes')`]
              : []),
            ...(one.generated && number !== undefined
              ? [`table.specificType('twice', 'integer generated always as (size * 2) stored')`]
              : []),
          ].join('\n'),
        ]
      }),
    )
  })

function columnText(each: {
  readonly name: string
  readonly type: number
  readonly notNull: boolean
  readonly hasDefault: boolean
  readonly comment: string
  readonly indexed: string
}): string {
  const [call, value] = TYPES[each.type] ?? TYPES[0] ?? [() => '', '']
  return [
    call(each.name),
    each.notNull ? '.notNullable()' : '',
    each.hasDefault && value !== '' ? `.defaultTo(${value})` : '',
    each.comment === '' ? '' : `.comment('${each.comment}')`,
    INDEXED.includes(each.type) ? each.indexed : '',
  ].join('')
}
