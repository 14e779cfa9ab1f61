/**
 * For random schemas A and B with rows in the tables: after `migrate` and `upgrade` the comparison is
 * clean; after `downgrade` the schema is what it was; the rows of columns that stay are the same all along.
 * `npm run pairs` runs 10,000 of other seeds. SEED and PAIR tell one again, SHRINK=1 looks for a smaller one.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { schemaPairs } from '../support/schema-pairs.js'
import { thereAndBack } from '../support/there-and-back.js'

const { PAIRS = '500', SEED = '20261121', PAIR, SHRINK } = process.env
const count = PAIR === undefined ? Number(PAIRS) : 1
const seed = SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(SEED)

test(`${count} pairs of schemas of seed ${seed}, there and back`, async () => {
  let rows = 0
  const property = fc.asyncProperty(schemaPairs, async (pair) => {
    rows += await thereAndBack(pair)
  })
  try {
    await fc.assert(property, {
      seed,
      numRuns: count,
      timeout: 60_000,
      ...(PAIR === undefined ? {} : { path: PAIR }),
      // One pair has thousands of smaller ones.
      ...(SHRINK === undefined
        ? { endOnFailure: true }
        : { interruptAfterTimeLimit: 300_000, markInterruptAsFailure: true }),
    })
  } finally {
    console.info(`${count} pairs of seed ${seed}, ${rows} rows that came along both ways`)
  }
  // Rows are often in the way of a random schema; those of a hundred pairs never all are.
  if (count >= 100) expect(rows).toBeGreaterThan(count / 2)
}, 3_600_000)
