/** Reads what a jsonSchema says of one property. Objection compiles it with ajv, so it is standard. */
import type { LiteralValue } from '../../schema/column.js'

/** A property's schema with its parts (`anyOf`, `oneOf`, `allOf`, a local `$ref`) drawn together. */
export interface JsonProperty {
  /** `string`, `null`, …, each once; empty where it says none. */
  readonly types: readonly string[]
  readonly format: string | null
  readonly maxLength: number | null
  /** The values of `enum` and `const` but null; null where any value goes. */
  readonly values: readonly unknown[] | null
  /** Undefined where there is none. */
  readonly default: LiteralValue | undefined
}

export interface JsonSchema {
  readonly properties: ReadonlyMap<string, JsonProperty>
  readonly required: ReadonlySet<string>
}

type Node = Readonly<Record<string, unknown>>

/** The properties of a jsonSchema; none where it is not an object. */
export function readJsonSchema(schema: unknown): JsonSchema {
  const root = isNode(schema) ? schema : {}
  const properties = isNode(root.properties) ? root.properties : {}
  const required = Array.isArray(root.required) ? root.required : []
  return {
    properties: new Map(
      Object.entries(properties).map(([name, node]) => [name, readProperty(node, root)]),
    ),
    required: new Set(required.filter((name) => typeof name === 'string')),
  }
}

/** The `default` of each property that has one, without reading the rest. */
export function readDefaults(schema: unknown): ReadonlyMap<string, LiteralValue> {
  const defaults = new Map<string, LiteralValue>()
  if (!isNode(schema) || !isNode(schema.properties)) return defaults
  for (const [name, node] of Object.entries(schema.properties)) {
    if (isNode(node) && isLiteral(node.default)) defaults.set(name, node.default)
  }
  return defaults
}

function readProperty(node: unknown, root: Node): JsonProperty {
  const parts = alternatives(node, root, 0)
  const types = new Set(parts.flatMap(typesOf))
  const own = isNode(node) ? node : {}
  // OpenAPI's word for it.
  if (own.nullable === true) types.add('null')
  const valued = parts.filter((part) => !isOnlyNull(part))
  const values = valued.map(valuesOf)
  return {
    types: [...types],
    format: firstOf(valued, 'format', 'string'),
    maxLength: firstOf(valued, 'maxLength', 'number'),
    values: values.includes(null)
      ? null
      : values.flatMap((list) => list ?? []).filter((value) => value !== null),
    default: isLiteral(own.default) ? own.default : undefined,
  }
}

/** The schemas of which one or another applies. */
function alternatives(node: unknown, root: Node, depth: number): readonly Node[] {
  if (!isNode(node) || depth > 4) return []
  const target = typeof node.$ref === 'string' ? followRef(node.$ref, root) : null
  if (target !== null) return alternatives(target, root, depth + 1)
  if (Array.isArray(node.allOf)) return alternatives(allTogether(node, root), root, depth + 1)
  for (const key of ['anyOf', 'oneOf']) {
    const list: unknown = node[key]
    if (!Array.isArray(list)) continue
    const parts = list.flatMap((part) => alternatives(part, root, depth + 1))
    // What stands beside `anyOf` holds for every alternative: `{ type: 'string', anyOf: [{ format }] }`.
    return parts.map((part) => ({ ...node, anyOf: undefined, oneOf: undefined, ...part }))
  }
  return [node]
}

/** What stands in `allOf` holds at once, as if it stood beside it. */
function allTogether({ allOf, ...node }: Node, root: Node): Node {
  const parts = [allOf].flat().map((part: unknown) => {
    const target = isNode(part) && typeof part.$ref === 'string' ? followRef(part.$ref, root) : part
    return isNode(target) ? target : {}
  })
  return Object.assign({}, ...parts, node) as Node // nodes make a node
}

function followRef(ref: string, root: Node): unknown {
  if (!ref.startsWith('#/')) return null
  let value: unknown = root
  for (const step of ref.slice(2).split('/')) {
    if (!isNode(value)) return null
    value = value[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return value
}

function typesOf(node: Node): readonly string[] {
  const stated = [node.type].flat().filter((type) => typeof type === 'string')
  const values = [valuesOf(node) ?? []].flat()
  const implied = stated.length > 0 ? [] : values.map(typeOfValue)
  return [...stated, ...(values.includes(null) ? ['null'] : []), ...implied]
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

function valuesOf(node: Node): readonly unknown[] | null {
  if (Array.isArray(node.enum)) return [...(node.enum as readonly unknown[])]
  return 'const' in node ? [node.const] : null
}

function isOnlyNull(node: Node): boolean {
  return typesOf(node).every((type) => type === 'null') && typesOf(node).length > 0
}

function firstOf(nodes: readonly Node[], key: string, type: 'string'): string | null
function firstOf(nodes: readonly Node[], key: string, type: 'number'): number | null
function firstOf(nodes: readonly Node[], key: string, type: 'string' | 'number'): unknown {
  return nodes.map((node) => node[key]).find((value) => typeof value === type) ?? null
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isLiteral(value: unknown): value is LiteralValue {
  if (['string', 'number', 'boolean'].includes(typeof value)) return true
  if (Array.isArray(value)) return value.every(isLiteral)
  return isNode(value) && Object.values(value).every((item) => item === null || isLiteral(item))
}
