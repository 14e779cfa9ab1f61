/** Source text as lines of coloured pieces. */
import { createLowlight } from 'lowlight'
import javascript from 'highlight.js/lib/languages/javascript'
import sql from 'highlight.js/lib/languages/sql'
import typescript from 'highlight.js/lib/languages/typescript'
import { cleanText } from '../../present/clean.js'
import type { Piece } from './line.js'
import { piece } from './line.js'
import type { Style, UiTheme } from './theme.js'

export type Language = 'typescript' | 'javascript' | 'sql'

type Tree = ReturnType<ReturnType<typeof createLowlight>['highlight']>
type Node = Tree['children'][number]

/** Made for the first script, or before it: see `readyToHighlight`. */
let lowlight: ReturnType<typeof createLowlight> | null = null

/** Longer texts are shown without colours: they would take longer than a key may. */
const LONGEST = 60_000

type Lines = readonly (readonly Piece[])[]

/** By theme, since pieces hold its styles. */
const kept = new WeakMap<UiTheme, Map<string, Lines>>()

/** How many texts are kept for each theme. */
const KEPT = 40

/** The lines of a text, coloured by its language; the last few texts are kept. */
export function highlighted(text: string, language: Language, theme: UiTheme): Lines {
  const known = kept.get(theme) ?? new Map<string, Lines>()
  kept.set(theme, known)
  const key = `${language}\n${text}`
  const there = known.get(key)
  if (there !== undefined) return there
  const clean = cleanText(text)
  const lines =
    clean.length > LONGEST
      ? clean.split('\n').map((line) => [piece(line)])
      : linesOf(treeOf(clean, language), theme)
  const [oldest] = known.keys()
  if (known.size >= KEPT && oldest !== undefined) known.delete(oldest)
  known.set(key, lines)
  return lines
}

/** Compiles what the first script would have to wait for; takes some tens of ms. */
export function readyToHighlight(): void {
  for (const language of ['javascript', 'sql'] as const) treeOf('', language)
}

function treeOf(text: string, language: Language): Tree {
  lowlight ??= createLowlight({ javascript, sql, typescript })
  return lowlight.highlight(language, text)
}

function linesOf(tree: Tree, theme: UiTheme): Lines {
  const lines: Piece[][] = [[]]
  const visit = (node: Node, style: Style | null): void => {
    if (node.type === 'text') {
      node.value.split('\n').forEach((text, index) => {
        if (index > 0) lines.push([])
        if (text !== '') lines.at(-1)?.push(piece(text, style))
      })
    } else if (node.type === 'element') {
      const own = styleOf(node.properties.className, theme) ?? style
      for (const child of node.children) visit(child, own)
    }
  }
  for (const node of tree.children) visit(node, null)
  return lines
}

function styleOf(classes: unknown, theme: UiTheme): Style | null {
  if (!Array.isArray(classes)) return null
  if (classes.includes('hljs-comment')) return theme.faint
  if (classes.includes('hljs-string') || classes.includes('hljs-regexp')) return theme.good
  if (classes.includes('hljs-keyword') || classes.includes('hljs-literal')) return theme.note
  if (classes.includes('hljs-number')) return theme.note
  if (classes.includes('hljs-type') || classes.includes('hljs-built_in')) return theme.name
  if (classes.includes('hljs-title')) return theme.name
  return null
}
