import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeOperations } from '../../src/vocabulary/write-script.js'
import { arbitrarySchema } from '../support/arbitraries.js'
import { arbitraryOperation, arbitraryOperations } from '../support/arbitrary-operations.js'
import { CLIENTS, scriptReader } from '../support/read-script.js'

const RUNS = Number(process.env.LAW_RUNS ?? 150)

describe.each(CLIENTS)('with builders of %s', (client) => {
  const reader = scriptReader(client)

  test('an operation that is written reads back the same', async () => {
    const cases = arbitrarySchema.chain((schema) =>
      arbitraryOperation(schema).map((operation) => ({ schema, operation })),
    )
    await fc.assert(
      fc.asyncProperty(cases, async ({ schema, operation }) => {
        const { lines } = writeOperations([operation])
        expect(await reader.read(lines, schema), lines.join('\n')).toEqual([operation])
      }),
      { numRuns: RUNS },
    )
  })

  test('operations that are written together read back the same, in the same order', async () => {
    const cases = fc
      .tuple(arbitrarySchema, fc.integer({ min: 2, max: 8 }))
      .chain(([schema, length]) =>
        arbitraryOperations(schema, length).map((operations) => ({ schema, operations })),
      )
    await fc.assert(
      fc.asyncProperty(cases, async ({ schema, operations }) => {
        const { lines } = writeOperations(operations)
        expect(await reader.read(lines, schema), lines.join('\n')).toEqual(operations)
      }),
      { numRuns: RUNS },
    )
  })
})
