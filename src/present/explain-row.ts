/** Why a row of a comparison is what it is: which rule decides, what is compared, and in whose spelling. */
import type { ComparisonRow, RowFacet, TableComparison } from '../compare/comparison.js'
import { cleanLine } from './clean.js'
import { rowLabel } from './diff-lines.js'

/** What is known of the table that a row belongs to. */
export interface RowFacts {
  readonly table: string
  readonly status: TableComparison['status']
  /** As the comparison names it: `sqlite`. */
  readonly dialect: string
  /** Whether its model has no `defineTable`, and only infers. */
  readonly isInferred: boolean
}

/** Paragraphs: the verdict, the rule behind it, and what is compared in whose spelling. */
export function explainRow(row: ComparisonRow, facts: RowFacts): readonly string[] {
  // A line break in a name begins no paragraph of its own.
  return [verdict(row, facts), rule(row, facts), spelling(row, facts)]
    .filter((text) => text !== '')
    .map(cleanLine)
}

/** The verdict alone, on one line: `email differs: type, not null`. */
export function rowVerdict(row: ComparisonRow): string {
  return cleanLine(verdictInFew(row))
}

function verdictInFew(row: ComparisonRow): string {
  const { facet, status, reason } = row
  const name = rowLabel(row)
  switch (status) {
    case 'same':
      return `${name}: ${reason === '' ? 'the same' : reason}`
    case 'changed':
      if (facet === 'table') return `${row.model ?? ''}: ${reason}`
      return `${name} differs${reason === '' ? '' : `: ${reason}`}`
    case 'onlyModel':
      return `${name}: only the model has it`
    case 'onlyDatabase':
      return `${name}: only the database has it${reason === '' ? '' : `; ${reason}`}`
    case 'undeclared':
      return `${name}: the model does not speak of it, so it is left alone`
  }
}

function verdict(row: ComparisonRow, facts: RowFacts): string {
  const name = rowLabel(row)
  const { status, reason } = row
  switch (status) {
    case 'same':
      return sameVerdict(row, facts)
    case 'changed':
      if (row.facet === 'table') {
        return `The table was ${row.database ?? ''} and becomes ${row.model ?? ''}: the question was answered as a rename, so its rows stay and the rest is compared under the new name.`
      }
      return `Both sides have ${name}, and they differ${reason === '' ? '' : `: ${reason}`}.`
    case 'onlyModel':
      return facts.status === 'onlyModel'
        ? `${facts.table} does not exist yet: it is created with all that the model says of it.`
        : `The model has ${name} and the database does not, so it is added.`
    case 'onlyDatabase':
      return goneVerdict(name, row, facts)
    case 'undeclared':
      return `The database has ${name}, and the model, which only infers, does not speak of it: nothing says that it should go, so it is left alone.`
  }
}

function sameVerdict({ model, database, reason }: ComparisonRow, facts: RowFacts): string {
  if (facts.isInferred && reason !== '') {
    return 'Both sides have it, and they differ. It stays as the database has it: a jsonSchema says what may come in, not what a column is.'
  }
  return model === database
    ? 'Both sides say the same.'
    : `Both sides are spelled differently and mean the same: ${facts.dialect} reports one and the same for either.`
}

function goneVerdict(name: string, { reason }: ComparisonRow, facts: RowFacts): string {
  if (facts.status === 'unmanaged') {
    return `No model claims ${facts.table}, and no revision that was written from models made it: it is somebody else's, and left alone until you say otherwise.`
  }
  if (facts.status === 'onlyDatabase') {
    return `No model claims ${facts.table} any more, and it was made from a model, or you asked for it to go: it is dropped with all its rows.`
  }
  // The comparison withholds drops, and says so, while a model could not be read.
  if (reason !== '') return `Only the database has ${name}; it ${reason}.`
  return `The database has ${name} and the model does not. A model with defineTable is complete, so what it does not name is dropped.`
}

function rule({ facet }: ComparisonRow, { status, isInferred, dialect }: RowFacts): string {
  if (status === 'unmanaged' || status === 'onlyDatabase') {
    return 'The rule: a table that no model claims is dropped only where a revision written from models made it, or where you name it.'
  }
  if (status === 'onlyModel') return ''
  if (isInferred && facet !== 'table') {
    return 'The rule: a model without defineTable only adds columns to a table that exists. It changes nothing and drops nothing; with defineTable it would be complete, and compared part by part.'
  }
  return `The rule: ${RULES[facet](dialect)}`
}

const byContent =
  (what: string): ((dialect: string) => string) =>
  () =>
    `${what} are paired by name and content together. Where nobody chose the name on one side, the content alone decides, and what exists keeps its name; two chosen names for one content are a drop and an add.`

const RULES: Readonly<Record<RowFacet, (dialect: string) => string>> = {
  table: () => 'tables are paired by name, after the renames that you answered.',
  column: () =>
    'columns are paired by name, after the renames that you answered; their order is no difference. Compared are type, not null, default, generation, identity, collation and comment.',
  primaryKey: () =>
    'of a primary key its columns count, in their order. It is never rebuilt for its name alone.',
  unique: byContent('uniques'),
  index: byContent('indexes'),
  foreignKey: byContent('foreign keys'),
  check: byContent('checks'),
  comment: () => 'the comment of the table is compared letter by letter.',
  options: (dialect) =>
    `of the options of a table those count that ${dialect} knows and the model names.`,
}

function spelling({ facet, model, database }: ComparisonRow, { dialect }: RowFacts): string {
  if (facet === 'table' || facet === 'comment') return ''
  const sides =
    model === null
      ? 'The value is what the database reports, in the words of Knex'
      : database === null
        ? 'The value is what your model says, in the words of Knex'
        : 'The model is what you wrote, the database is what it reports, both in the words of Knex'
  return `${sides}. What is compared is either side as ${dialect} would report it back, so a spelling of its own is no difference.`
}
