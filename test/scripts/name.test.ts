import fc from 'fast-check'
import { basename, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MigrateError } from '../../src/errors.js'
import { checksumOf } from '../../src/scripts/checksum.js'
import type { NameParts } from '../../src/scripts/writing/name.js'
import {
  DEFAULT_FILE_TEMPLATE,
  newRevisionId,
  scriptFileName,
  slugOf,
} from '../../src/scripts/writing/name.js'
import { isScriptName, stemOf } from '../../src/scripts/script-name.js'
import { refusal } from '../support/refusal.js'

const PARTS: NameParts = {
  revision: '3f9a1c2b7d4e',
  message: 'Add email to users',
  createdAt: new Date('2026-11-21T09:30:00Z'),
  extension: 'ts',
}

describe('the name of a new script', () => {
  test.each([
    [DEFAULT_FILE_TEMPLATE, '20261121093000_3f9a1c2b7d4e_add_email_to_users.ts'],
    ['{year}-{month}-{day}_{hour}{minute}{second}_{revision}', '2026-11-21_093000_3f9a1c2b7d4e.ts'],
    ['{epoch}.{slug}', '1795253400.add_email_to_users.ts'],
    ['../{revision}/{slug}', '3f9a1c2b7d4e_add_email_to_users.ts'],
    ['{slug}.test', 'add_email_to_users.test.ts'],
  ])('%s', (template, name) => {
    if (isScriptName(name)) expect(scriptFileName(template, PARTS)).toBe(name)
    else expect(refusal(() => scriptFileName(template, PARTS)).code).toBe('FILE_TEMPLATE')
  })

  test('without a message ends at the id', () => {
    expect(scriptFileName(DEFAULT_FILE_TEMPLATE, { ...PARTS, message: '' })).toBe(
      '20261121093000_3f9a1c2b7d4e.ts',
    )
  })

  test('with an unknown token is refused, and a near one suggested', () => {
    const error = refusal(() => scriptFileName('{timestmp}_{rev}', PARTS))
    expect(error).toMatchObject({ code: 'FILE_TEMPLATE', exit: 2 })
    expect(error.fix).toContain('Did you mean {timestamp}?')
  })

  test.each(['{slug}', '   ', '..'])('that comes out empty as of %j is refused', (template) => {
    expect(refusal(() => scriptFileName(template, { ...PARTS, message: '' })).code).toBe(
      'FILE_TEMPLATE',
    )
  })

  test('is never a path, whatever the id and the message', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('../../etc/passwd', 'a\\b', 'C:x', '/', '\0'),
    )
    const template = fc.constantFrom(
      DEFAULT_FILE_TEMPLATE,
      '{revision}',
      '{slug}',
      '{revision}/{slug}',
    )
    fc.assert(
      fc.property(text, text, template, (revision, message, drawn) => {
        try {
          const name = scriptFileName(drawn, { ...PARTS, revision, message })
          expect(basename(name)).toBe(name)
          expect(join(resolve('/m', name), '..')).toBe('/m')
          expect(isScriptName(name)).toBe(true)
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
        } catch (thrown) {
          if (!(thrown instanceof MigrateError)) throw thrown
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a slug', () => {
  test.each([
    ['Add email to users.', 'add_email_to_users'],
    ['../../etc/passwd', 'etc_passwd'],
    ['Größe & Farbe', 'größe_farbe'],
    ['表を追加 users', '表を追加_users'],
    ['a\u0301b', 'áb'],
    ['🎉', ''],
    ['one two three four five six seven eight nine ten', 'one_two_three_four_five_six_seven_eight'],
    ['x'.repeat(60), 'x'.repeat(40)],
    ['first line\nsecond', 'first_line_second'],
  ])('of %j', (message, slug) => {
    expect(slugOf(message)).toBe(slug)
  })
})

test('ids are 12 hexadecimal digits, and not the same twice', () => {
  const ids = Array.from({ length: 100 }, newRevisionId)
  expect(ids.every((id) => /^[0-9a-f]{12}$/.test(id))).toBe(true)
  expect(new Set(ids).size).toBe(100)
})

test('a name with any extension of ours is the same migration', () => {
  expect(['a.b.ts', 'a.b.cjs', 'a.b', 'a.b.coffee'].map(stemOf)).toEqual([
    'a.b',
    'a.b',
    'a.b',
    'a.b.coffee',
  ])
})

test('a checksum does not see line ends or a byte order mark, and sees everything else', () => {
  expect(checksumOf('a\r\nb\r\n')).toBe(checksumOf('a\nb\n'))
  expect(checksumOf('\uFEFFa\n')).toBe(checksumOf('a\n'))
  expect(checksumOf('a\nb')).not.toBe(checksumOf('a\nb\n'))
  expect(checksumOf('a\n')).toBe('87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7')
})
