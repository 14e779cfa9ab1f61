/** Trees of expressions as text. */
import type { Node } from './expression-tree.js'

/** How names and strings are written. */
export interface PrintSpelling {
  readonly name: (name: string) => string
  readonly text: (value: string) => string
}

/** A text that reads back as the same tree; whatever could be misread is in parentheses. */
export function printExpression(node: Node, spelling: PrintSpelling): string {
  switch (node.kind) {
    case 'name':
      return spelling.name(node.name)
    case 'string':
      return spelling.text(node.value)
    case 'plain':
      return node.text
    case 'function':
      return `${node.op}(${printAll(node.args, spelling).join(', ')})`
    case 'operator':
      return operatorText(node.op, printAll(node.args, spelling))
  }
}

function printAll(nodes: readonly Node[], spelling: PrintSpelling): readonly string[] {
  return nodes.map((node) => printExpression(node, spelling))
}

function operatorText(op: string, args: readonly string[]): string {
  const [first = '', second = '', third = ''] = args
  switch (op) {
    case 'not':
      return `(not ${first})`
    case 'negative':
      return `(-${first})`
    case '~':
      return `(~${first})`
    case 'between':
      return `(${first} between ${second} and ${third})`
    case 'in':
      return `(${first} in (${args.slice(1).join(', ')}))`
    case 'like':
      return `(${first} like ${second}${args.length > 2 ? ` escape ${third}` : ''})`
    case 'row':
      return `(${args.join(', ')})`
    case 'cast':
      return `cast(${first} as ${second})`
    case 'interval':
      return `interval ${first} ${second}`
    case 'of':
      return first
    case 'when':
      return `when ${first} then ${second}`
    case 'else':
      return `else ${first}`
    case 'case':
      return `case ${args.join(' ')} end`
    default:
      return op.startsWith('literal ') ? `${op.slice(8)} ${first}` : `(${args.join(` ${op} `)})`
  }
}
