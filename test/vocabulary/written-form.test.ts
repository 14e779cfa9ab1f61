/** Laws of the text of every script: it is formatted, and typechecks. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { format } from 'prettier'
import ts from 'typescript'
import { expect, test } from 'vitest'
import type { Operation } from '../../src/operations/operation.js'
import { writeOperations } from '../../src/vocabulary/writing/write-script.js'
import { arbitrarySchema } from '../support/arbitraries.js'
import { arbitraryOperations } from '../support/arbitrary-operations.js'

test('prettier changes nothing in what is written', async () => {
  const cases = arbitrarySchema.chain((schema) => arbitraryOperations(schema, 3))
  await fc.assert(
    fc.asyncProperty(cases, async (operations) => {
      const text = scriptOf(operations, 'async function up(knex) {')
      // Prettier counts wide characters as two.
      fc.pre(/^[\x20-\x7e\n]*$/.test(text))
      const options = { parser: 'typescript', semi: false, singleQuote: true, printWidth: 100 }
      expect(await format(text, options)).toBe(text)
    }),
    { numRuns: 60, maxSkipsPerRun: 100 },
  )
})

test('what is written typechecks strictly in a project', async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const folder = join(root, 'test', 'vocabulary', '.written')
  const schemas = fc.sample(
    arbitrarySchema.chain((schema) => arbitraryOperations(schema, 6)),
    12,
  )
  await mkdir(folder, { recursive: true })
  try {
    const files = await Promise.all(
      schemas.map(async (operations, at) => {
        const file = join(folder, `script-${at}.ts`)
        const head = [
          `import type { Knex } from 'knex'`,
          `import { alterEnum, createEnum, dropEnum, tableExtras } from '../../../src/vocabulary/functions.js'`,
          'void [alterEnum, createEnum, dropEnum, tableExtras]',
          'export async function up(knex: Knex): Promise<void> {',
        ].join('\n')
        await writeFile(file, scriptOf(operations, head))
        return file
      }),
    )
    const program = ts.createProgram(files, {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      types: ['node'],
      typeRoots: [join(root, 'node_modules', '@types')],
    })
    const messages = files.flatMap((file) => {
      const source = program.getSourceFile(file)
      return [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ].map(
        ({ messageText, start = 0 }) =>
          `${ts.flattenDiagnosticMessageText(messageText, '\n')}: ${source?.text.slice(start, start + 80)}`,
      )
    })
    expect(messages).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

function scriptOf(operations: readonly Operation[], head: string): string {
  const { lines } = writeOperations(operations)
  return [head, ...lines.map((line) => (line === '' ? '' : `  ${line}`)), '}', ''].join('\n')
}
