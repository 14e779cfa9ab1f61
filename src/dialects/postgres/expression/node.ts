/** An expression as a tree: what the server means by it, whatever the parentheses and spellings. */

export type Node =
  | { readonly kind: 'string' | 'number' | 'word'; readonly text: string }
  /** A column, with what qualifies it in front. */
  | { readonly kind: 'name'; readonly parts: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'unary'; readonly operator: string; readonly value: Node }
  | {
      readonly kind: 'binary'
      readonly operator: string
      readonly left: Node
      readonly right: Node
    }
  /** `left operator any (right)`; `in` is one of these. */
  | {
      readonly kind: 'quantified'
      readonly operator: string
      readonly of: 'any' | 'all'
      readonly left: Node
      readonly right: Node
    }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Node[] }
  | { readonly kind: 'not'; readonly value: Node }
  /** `value is [not] null`, `true`, `false`, `unknown`, `document`. */
  | { readonly kind: 'is'; readonly value: Node; readonly what: string }
  | { readonly kind: 'cast'; readonly value: Node; readonly type: string }
  | { readonly kind: 'collate'; readonly value: Node; readonly name: string }
  | { readonly kind: 'array' | 'row'; readonly items: readonly Node[] }
  | { readonly kind: 'subscript'; readonly value: Node; readonly at: readonly Node[] }
  | { readonly kind: 'field'; readonly value: Node; readonly name: string }
  | {
      readonly kind: 'case'
      readonly subject: Node | null
      readonly whens: readonly { readonly when: Node; readonly then: Node }[]
      readonly otherwise: Node | null
    }

/** The tree with every node below the top changed, leaves first, then the top itself. */
export function mapNode(node: Node, change: (node: Node) => Node): Node {
  const inner = (each: Node): Node => mapNode(each, change)
  switch (node.kind) {
    case 'string':
    case 'number':
    case 'word':
    case 'name':
      return change(node)
    case 'call':
      return change({ ...node, args: node.args.map(inner) })
    case 'binary':
    case 'quantified':
      return change({ ...node, left: inner(node.left), right: inner(node.right) })
    case 'and':
    case 'or':
    case 'array':
    case 'row':
      return change({ ...node, items: node.items.map(inner) })
    case 'unary':
    case 'not':
    case 'is':
    case 'cast':
    case 'collate':
    case 'field':
      return change({ ...node, value: inner(node.value) })
    case 'subscript':
      return change({ ...node, value: inner(node.value), at: node.at.map(inner) })
    case 'case':
      return change({
        ...node,
        subject: node.subject === null ? null : inner(node.subject),
        whens: node.whens.map(({ when, then }) => ({ when: inner(when), then: inner(then) })),
        otherwise: node.otherwise === null ? null : inner(node.otherwise),
      })
  }
}

/** The tree as text, every part that is not a leaf in parentheses. */
export function printNode(node: Node): string {
  const list = (nodes: readonly Node[], by = ', '): string => nodes.map(printNode).join(by)
  switch (node.kind) {
    case 'string':
      return `'${node.text.replaceAll("'", "''")}'`
    case 'number':
    case 'word':
      return node.text
    case 'name':
      return node.parts.map(printName).join('.')
    case 'call':
      return `${node.name}(${list(node.args)})`
    case 'unary':
      return `(${node.operator} ${printNode(node.value)})`
    case 'binary':
      return `(${printNode(node.left)} ${node.operator} ${printNode(node.right)})`
    case 'quantified':
      return `(${printNode(node.left)} ${node.operator} ${node.of} (${printNode(node.right)}))`
    case 'and':
    case 'or':
      return `(${list(node.items, ` ${node.kind} `)})`
    case 'not':
      return `(not ${printNode(node.value)})`
    case 'is':
      return `(${printNode(node.value)} is ${node.what})`
    case 'cast':
      return `${printNode(node.value)}::${node.type}`
    case 'collate':
      return `(${printNode(node.value)} collate ${printName(node.name)})`
    case 'array':
      return `array[${list(node.items)}]`
    case 'row':
      return `row(${list(node.items)})`
    case 'subscript':
      return `${printNode(node.value)}[${list(node.at, ':')}]`
    case 'field':
      return `(${printNode(node.value)}).${printName(node.name)}`
    case 'case':
      return [
        '(case',
        ...(node.subject === null ? [] : [printNode(node.subject)]),
        ...node.whens.map(({ when, then }) => `when ${printNode(when)} then ${printNode(then)}`),
        ...(node.otherwise === null ? [] : [`else ${printNode(node.otherwise)}`]),
        'end)',
      ].join(' ')
  }
}

/** In quotes always: a column may have any word of the language as its name. */
function printName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
