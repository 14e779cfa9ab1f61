import { expect, test } from 'vitest'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import { EMPTY_TABLE } from '../../support/schema-arbitraries.js'

const printed = (sql: string): unknown =>
  mariadb.canonical({ ...EMPTY_TABLE, checks: [{ name: 'c', sql }] }).checks

test('the character set that the server adds to a cast is none, but bytes are no letters', () => {
  expect(printed("cast(n as char charset utf8mb4) = '1'")).toEqual(printed("cast(n as char) = '1'"))
  expect(printed("cast(w as char charset binary) = 'a'")).not.toEqual(
    printed("cast(w as char) = 'a'"),
  )
})
