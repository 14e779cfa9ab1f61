/** Operations as the body of a script: calls on `knex.schema` that a person might have written. */
import type { Operation } from '../../operations/operation.js'
import type { TableName } from '../../schema/table.js'
import type { Call, Source } from './source-text.js'
import {
  call,
  chain,
  data,
  layOut,
  string,
  strings,
  stringText,
  text,
  WIDTH,
} from './source-text.js'
import { alterBody } from './write-alter.js'
import type { OperationGroup } from './write-groups.js'
import { groupOperations } from './write-groups.js'
import type { WrittenBody } from './write-table.js'
import { tableBody } from './write-table.js'

/** The functions of `migrate-tui/operations` that a written body may call. */
type OperationFunction = 'tableExtras' | 'createEnum' | 'dropEnum' | 'alterEnum'

export interface WrittenScript {
  /** Without indentation; broken so that they fit in 100 columns when they are indented by two. */
  readonly lines: readonly string[]
  /** What the lines need from `migrate-tui/operations`, in alphabetical order. */
  readonly imports: readonly OperationFunction[]
}

/** What is worth saying above the call that carries operations out: comments of one line each. */
export type Remarks = (operations: readonly Operation[]) => readonly string[]

/**
 * The statements that carry operations out, in order, on the variable `knex`. Remarks are no part of
 * what reads back.
 */
export function writeOperations(
  operations: readonly Operation[],
  remarks: Remarks = () => [],
): WrittenScript {
  const imports = new Set<OperationFunction>()
  const blocks = groupOperations(operations).map((group) => [
    ...remarks(operationsOf(group)).map((remark) => commentLine(remark)),
    ...groupLines(group, imports),
  ])
  return { lines: spaced(blocks), imports: [...imports].toSorted() }
}

function groupLines(group: OperationGroup, imports: Set<OperationFunction>): readonly string[] {
  switch (group.kind) {
    case 'enum':
      return enumLines(group.operation, imports)
    case 'createTable':
      return callLines('createTable', {
        table: group.table.name,
        body: tableBody(group.table, group.creates),
        imports,
      })
    case 'alterTable':
      return callLines('alterTable', {
        table: group.table,
        body: alterBody(group.alterations, group.creates),
        imports,
      })
    case 'dropTable':
      return awaitLines(schemaChain(call('dropTable', string(group.table))))
    case 'renameTable':
      return renameLines(group.from, group.to)
  }
}

/** What a call states; nothing for one that only takes away or renames. */
function operationsOf(group: OperationGroup): readonly Operation[] {
  switch (group.kind) {
    case 'enum':
      return [group.operation]
    case 'createTable':
      return [{ kind: 'createTable', table: group.table }]
    case 'alterTable':
      return group.alterations
    case 'dropTable':
    case 'renameTable':
      return []
  }
}

/** A comment ends with its line, and must not hide what it says: names can hold any character. */
function commentLine(remark: string): string {
  const line = `// ${remark.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')}`
  const room = WIDTH - SCRIPT_INDENT
  if (line.length <= room) return line
  // Not within a character of two halves.
  return `${line
    .slice(0, room - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`
}

/** A script's statements stand inside a function. */
const SCRIPT_INDENT = 2

interface TableCall {
  readonly table: TableName
  readonly body: WrittenBody
  readonly imports: Set<OperationFunction>
}

function callLines(
  method: 'createTable' | 'alterTable',
  { table, body, imports }: TableCall,
): readonly string[] {
  const statements = [...body.statements]
  if (Object.keys(body.extras).length > 0) {
    imports.add('tableExtras')
    statements.push(chain('', call('tableExtras', text('table'), data(body.extras))))
  }
  const inside = statements.flatMap((statement) =>
    layOut(statement, { indent: SCRIPT_INDENT + 2, before: '', after: 0 }),
  )
  const head = `await knex.schema.${method}(${stringText(table)}, (table) => {`
  return [head, ...inside.map((line) => line.slice(SCRIPT_INDENT)), '})']
}

function awaitLines(source: Source): readonly string[] {
  const lines = layOut(source, { indent: SCRIPT_INDENT, before: 'await ', after: 0 })
  return lines.map((line) => line.slice(SCRIPT_INDENT))
}

/** PostgreSQL's new name has no schema in it: Knex wants that said apart. */
function renameLines(from: TableName, to: TableName): readonly string[] {
  const [schema, name] = [schemaOf(from), to.slice(to.indexOf('.') + 1)]
  const isInside = schema !== null && schema === schemaOf(to)
  const rename = isInside
    ? [
        call('withSchema', string(schema)),
        call('renameTable', string(from.slice(schema.length + 1)), string(name)),
      ]
    : [call('renameTable', string(from), string(to))]
  return awaitLines(schemaChain(...rename))
}

function schemaChain(...calls: readonly Call[]): Source {
  return chain('knex.schema', ...calls)
}

function schemaOf(table: TableName): string | null {
  const dot = table.indexOf('.')
  return dot === -1 ? null : table.slice(0, dot)
}

function enumLines(
  operation: Extract<Operation, { readonly kind: 'createEnum' | 'dropEnum' | 'alterEnum' }>,
  imports: Set<OperationFunction>,
): readonly string[] {
  imports.add(operation.kind)
  const args =
    operation.kind === 'alterEnum'
      ? [string(operation.name), data(changeOf(operation))]
      : [string(operation.enum.name), strings(operation.enum.values)]
  return awaitLines(chain('', call(operation.kind, text('knex'), ...args)))
}

function changeOf({
  from,
  to,
  renamed,
}: Extract<Operation, { readonly kind: 'alterEnum' }>): object {
  return { from, to, ...(Object.keys(renamed).length === 0 ? {} : { renamed }) }
}

/** Calls over several lines stand apart. */
function spaced(blocks: readonly (readonly string[])[]): readonly string[] {
  return blocks.flatMap((block, at) => {
    const before = blocks[at - 1]
    const isApart = before !== undefined && (before.length > 1 || block.length > 1)
    return isApart ? ['', ...block] : block
  })
}
