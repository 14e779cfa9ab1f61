/** The templates that `init` copies, and where they lie. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TemplateDocument } from '../documents.js'

/** In the order in which they are listed. */
export const TEMPLATES: readonly TemplateDocument[] = [
  { name: 'typescript', description: 'A TypeScript project with one database' },
  { name: 'javascript', description: 'A JavaScript project with one database' },
  { name: 'multidb', description: 'Several databases, each with its own models and migrations' },
]

/** Absolute path of a template's folder: beside `dist` in the package, above `src` in a checkout. */
export function templateFolder(name: string): string {
  const here = path.dirname(fileURLToPath(import.meta.url))
  const folders = ['..', '../../..'].map((up) => path.join(here, up, 'scaffolds', name))
  const found = folders.find((folder) => existsSync(folder))
  if (found === undefined) throw new Error(`The template ${name} is not in the package.`)
  return found
}
