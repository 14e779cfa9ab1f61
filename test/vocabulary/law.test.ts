import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ENGINE_LACKS } from '../../src/workflows/writing/engine-lacks.js'
import { counterpartRemarks } from '../../src/scripts/writing/counterparts.js'
import type { Remarks } from '../../src/vocabulary/writing/write-script.js'
import { writeOperations } from '../../src/vocabulary/writing/write-script.js'
import { arbitrarySchema } from '../support/arbitraries.js'
import { arbitraryOperation, arbitraryOperations } from '../support/arbitrary-operations.js'
import { CLIENTS, scriptReader } from '../support/read-script.js'

/** Hostile names stand in them, and must not end the comment. */
const remarks: Remarks = (operations) => counterpartRemarks(ENGINE_LACKS, operations)

const RUNS = Number(process.env.LAW_RUNS ?? 150)

describe.each(CLIENTS)('with builders of %s', (client) => {
  const reader = scriptReader(client)

  test('an operation that is written reads back the same', async () => {
    const cases = arbitrarySchema.chain((schema) =>
      arbitraryOperation(schema).map((operation) => ({ schema, operation })),
    )
    await fc.assert(
      fc.asyncProperty(cases, async ({ schema, operation }) => {
        const { lines } = writeOperations([operation], remarks)
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
        const { lines } = writeOperations(operations, remarks)
        expect(await reader.read(lines, schema), lines.join('\n')).toEqual(operations)
      }),
      { numRuns: RUNS },
    )
  })
})
