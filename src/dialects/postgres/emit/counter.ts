/** Columns that count: a sequence of their own (`serial`) or an identity, and from one to the other. */
import { automaticName, quote, quoteName, quoteText, splitName } from '../names.js'
import { isSerial, storedType } from '../types.js'
import type { Change } from './change.js'
import { identityText } from './column-text.js'
import type { EmitContext } from './context.js'

/** What runs before and after the type and the nullability of the column are changed. */
export interface CounterTexts {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

const NOTHING: CounterTexts = { before: [], after: [] }

type Counting = 'sequence' | 'identity' | null

/** The statements that make a column count in another way, or no more; it goes on where it stood. */
export function counterTexts(context: EmitContext, change: Change): CounterTexts {
  const { now, to, table } = change
  const names = namesOf(context, change)
  const alter = `alter table ${quoteName(table)} alter column ${quote(to.name)}`
  const [from, into] = [countingOf(change.now), countingOf(change.to)]
  switch (`${from ?? 'none'} ${into ?? 'none'}`) {
    case 'sequence sequence':
      if (storedType(now.type) === storedType(to.type)) return NOTHING
      return { before: [], after: [`alter sequence ${names.sequence} as ${storedType(to.type)}`] }
    case 'identity identity':
      if (now.identity === to.identity) return NOTHING
      return {
        before: [],
        after: [`${alter} set generated ${to.identity === 'always' ? 'always' : 'by default'}`],
      }
    case 'sequence none':
      return { before: [`${alter} drop default`, `drop sequence ${names.sequence}`], after: [] }
    case 'identity none':
      return { before: [`${alter} drop identity`], after: [] }
    case 'none sequence':
      return {
        before: [],
        after: [
          createSequence(names.own, to.type),
          ...attach(names, alter),
          setToHighest(names, change),
        ],
      }
    case 'none identity': {
      // A default would stand beside the identity, which the server refuses.
      const before = now.default === null ? [] : [`${alter} drop default`]
      return { before, after: [...setIdentity(change, alter), setToHighest(names, change)] }
    }
    case 'sequence identity':
      return {
        before: [
          `alter sequence ${names.sequence} rename to ${quote(names.asideBare)}`,
          `${alter} drop default`,
        ],
        after: [
          ...setIdentity(change, alter),
          continueFrom(names.own, names.aside),
          `drop sequence ${names.aside}`,
        ],
      }
    case 'identity sequence':
      return {
        before: [],
        after: [
          createSequence(names.aside, to.type),
          continueFrom(names.aside, names.sequence),
          `${alter} drop identity`,
          `alter sequence ${names.aside} rename to ${quote(names.ownBare)}`,
          ...attach(names, alter),
        ],
      }
    default:
      return NOTHING
  }
}

function countingOf(column: Change['now']): Counting {
  if (column.identity !== null) return 'identity'
  return isSerial(column.type) ? 'sequence' : null
}

interface Names {
  /** The sequence that the column owns now. */
  readonly sequence: string
  /** The sequence that it gets, by the name that the server gives. */
  readonly own: string
  readonly ownBare: string
  /** For the time in which both are there. */
  readonly aside: string
  readonly asideBare: string
  readonly column: string
}

function namesOf(context: EmitContext, { table, to }: Change): Names {
  const { schema, bare } = splitName(table)
  const inSchema = (name: string): string =>
    schema === null ? quote(name) : `${quote(schema)}.${quote(name)}`
  const live = context.live(table)?.sequences.get(to.name)
  const ownBare = live?.name ?? automaticName(bare, to.name, 'seq')
  const asideBare = automaticName(bare, to.name, 'migrate_seq')
  return {
    sequence: live === undefined ? inSchema(ownBare) : `${quote(live.schema)}.${quote(live.name)}`,
    own: inSchema(ownBare),
    ownBare,
    aside: inSchema(asideBare),
    asideBare,
    column: `${quoteName(table)}.${quote(to.name)}`,
  }
}

function createSequence(name: string, type: Change['to']['type']): string {
  return `create sequence ${name} as ${storedType(type)}`
}

function attach({ own, column }: Names, alter: string): readonly string[] {
  return [
    `alter sequence ${own} owned by ${column}`,
    `${alter} set default nextval(${quoteText(own)}::regclass)`,
  ]
}

function setIdentity({ to }: Change, alter: string): readonly string[] {
  return [`${alter} add ${identityText(to.identity ?? 'byDefault')}`]
}

/** The next value is one above the highest that is there. */
function setToHighest({ own }: Names, { table, to }: Change): string {
  const highest = `select max(${quote(to.name)}) from ${quoteName(table)}`
  return `select setval(${quoteText(own)}, coalesce((${highest}), 0) + 1, false)`
}

/** One sequence goes on where another one stands. */
function continueFrom(name: string, other: string): string {
  return `select setval(${quoteText(name)}, last_value, is_called) from ${other}`
}
