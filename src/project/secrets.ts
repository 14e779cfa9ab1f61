/** Keeps passwords out of everything that is printed, logged or recorded. */

const MASK = '***'

const SECRET_KEY = /pass(word|wd|phrase)?$|^pwd$|secret|token|api_?key|private_?key|credential/i

/** Values of secrets met in configurations, so that a driver's message cannot repeat one. */
const known = new Set<string>()

/** Shorter ones are too likely to be a word of the message itself. */
const SHORTEST_KNOWN = 6

/** The text without passwords: in URLs, in `password=…` and `"password": "…"`, and every one met so far. */
export function maskSecrets(text: string): string {
  let masked = /[:=]/.test(text) ? withoutWritten(text) : text
  for (const secret of known) masked = masked.replaceAll(secret, MASK)
  return masked
}

/** Without what stands behind a user in a URL, or behind the word for a secret. */
function withoutWritten(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*):[^\s/?#]*@/gi, `$1:${MASK}@`).replace(
    // SQLite says `unrecognized token: "…"` of a statement that it cannot read.
    /(?<!unrecognized )(["']?\b\w*(?:password|passwd|passphrase|secret|token|api_?key)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&"']+)/gi,
    `$1${MASK}`,
  )
}

/** Whether a value under this key is a secret. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key)
}

/** The same value with every secret in it replaced, for showing; functions and classes become words. */
export function maskValue(value: unknown, key = ''): unknown {
  if (isSecretKey(key) && value !== undefined && value !== null) return MASK
  if (typeof value === 'string') return maskSecrets(value)
  if (typeof value === 'function') return '[function]'
  if (Array.isArray(value)) return value.map((item: unknown) => maskValue(item))
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, maskValue(item, name)]),
  )
}

/** Learns the secrets in a Knex `connection`, so that `maskSecrets` finds them in any message. */
export function rememberSecrets(connection: unknown): void {
  if (typeof connection === 'string') {
    const password = /^[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*:([^\s]*)@/i.exec(connection)?.[1]
    if (password !== undefined) remember(password)
    return
  }
  if (typeof connection !== 'object' || connection === null) return
  for (const [key, value] of Object.entries(connection)) {
    if (typeof value === 'string' && isSecretKey(key)) remember(value)
    else rememberSecrets(value)
  }
}

function remember(secret: string): void {
  for (const form of [secret, encodeURIComponent(secret), decoded(secret)]) {
    if (form.length >= SHORTEST_KNOWN) known.add(form)
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
