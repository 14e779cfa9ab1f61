/** Names for new scripts: ids, slugs, and file names that cannot leave their folder. */
import { distance as editDistance } from 'fastest-levenshtein'
import { MigrateError } from '../../errors.js'
import { cleanMessage } from '../reading/doc-comment.js'
import { isScriptName } from '../script-name.js'
import { nodeCrypto } from '../../node-crypto.js'

/** Sorts by time, so that stock Knex runs a linear history in its order. */
export const DEFAULT_FILE_TEMPLATE = '{timestamp}_{revision}_{slug}'

/** Letters and digits of a message that a file name takes. */
const SLUG_LENGTH = 40

/** What file systems take, in bytes. */
const NAME_BYTES = 255

/** A new revision id: 12 hexadecimal digits. */
export function newRevisionId(): string {
  return nodeCrypto().randomBytes(6).toString('hex')
}

/**
 * The words of a message joined by `_`, in lower case and whole where they fit into 40 characters;
 * letters and digits of any script, and nothing that a path could be made of.
 */
export function slugOf(message: string): string {
  const words = cleanMessage(message)
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)
  let slug = ''
  for (const word of words ?? []) {
    const longer = slug === '' ? word : `${slug}_${word}`
    if (Array.from(longer).length > SLUG_LENGTH) break
    slug = longer
  }
  return slug === ''
    ? Array.from(words?.[0] ?? '')
        .slice(0, SLUG_LENGTH)
        .join('')
    : slug
}

/** What a file name is made of. */
export interface NameParts {
  readonly revision: string
  readonly message: string
  readonly createdAt: Date
  /** Without the dot. */
  readonly extension: string
}

/**
 * The name of a new script: the template with `{timestamp}`, `{revision}`, `{slug}`, `{epoch}`,
 * `{year}`, `{month}`, `{day}`, `{hour}`, `{minute}` and `{second}` filled in (UTC).
 * @throws MigrateError `FILE_TEMPLATE` where the template has another token, or gives a name that
 *   no script can have
 */
export function scriptFileName(template: string, parts: NameParts): string {
  const tokens = tokensOf(parts)
  const filled = template.replace(/\{(\w*)\}/g, (_, token: string) => {
    const value = tokens.get(token)
    if (value === undefined) throw unknownToken(template, token, [...tokens.keys()])
    return value
  })
  const stem = filled.replace(/[\\/:*?"<>|\p{Cc}\s]+/gu, '_').replace(/^[._~#-]+|[._ -]+$/g, '')
  const name = `${cut(stem, NAME_BYTES - parts.extension.length - 1)}.${parts.extension}`
  if (stem === '' || !isScriptName(name)) throw unusableName(template, name)
  return name
}

function tokensOf({ revision, message, createdAt }: NameParts): ReadonlyMap<string, string> {
  const [date = '', time = ''] = createdAt.toISOString().split(/[T.]/)
  const [year = '', month = '', day = ''] = date.split('-')
  const [hour = '', minute = '', second = ''] = time.split(':')
  return new Map([
    ['timestamp', [year, month, day, hour, minute, second].join('')],
    ['revision', revision],
    ['slug', slugOf(message)],
    ['epoch', String(Math.floor(createdAt.getTime() / 1000))],
    ['year', year],
    ['month', month],
    ['day', day],
    ['hour', hour],
    ['minute', minute],
    ['second', second],
  ])
}

/** As much of a text as fits into so many bytes, no character torn. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  return Buffer.from(text)
    .subarray(0, bytes)
    .toString()
    .replace(/\uFFFD+$/, '')
}

function unknownToken(template: string, token: string, known: readonly string[]): MigrateError {
  const near = known.find((one) => editDistance(one, token) <= 2)
  const listed = known.map((one) => `{${one}}`).join(', ')
  return new MigrateError(
    'FILE_TEMPLATE',
    2,
    `fileTemplate ${JSON.stringify(template)} has {${token}}, which means nothing.`,
    {
      fix: `${near === undefined ? '' : `Did you mean {${near}}? `}There are ${listed}.`,
      details: { template, token },
    },
  )
}

function unusableName(template: string, name: string): MigrateError {
  return new MigrateError(
    'FILE_TEMPLATE',
    2,
    `fileTemplate ${JSON.stringify(template)} gives the name ${JSON.stringify(name)}, which no script can have.`,
    {
      why: 'It is empty, or of a kind that is passed over when the folder is read.',
      fix: `Leave fileTemplate out, which is ${DEFAULT_FILE_TEMPLATE}, or put {revision} into it.`,
      details: { template, name },
    },
  )
}
