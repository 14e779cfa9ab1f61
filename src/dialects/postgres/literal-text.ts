/** Numbers and JSON as text, each in one form. */

/** A number without needless zeros: `1.50` is `1.5`, `1e3` is `1000`. Digits are never lost. */
export function plainNumber(text: string): string {
  const match = /^\s*([-+]?)(\d*)\.?(\d*)(?:e([-+]?\d+))?\s*$/i.exec(text)
  if (match === null) return text
  const [, sign = '', whole = '', part = '', exponent = '0'] = match
  const shift = Number(exponent)
  if (Math.abs(shift) > 400) return text
  const digits =
    shift >= 0
      ? whole + part.slice(0, shift).padEnd(shift, '0')
      : whole.padStart(-shift + 1, '0').slice(0, shift)
  const rest = shift >= 0 ? part.slice(shift) : whole.padStart(-shift, '0').slice(shift) + part
  const left = digits.replace(/^0+(?=\d)/, '') || '0'
  const right = rest.replace(/0+$/, '')
  const plain = right === '' ? left : `${left}.${right}`
  return sign === '-' && plain !== '0' ? `-${plain}` : plain
}

/** JSON with its keys in order and no blanks; the text itself where it is none. */
export function canonicalJson(text: string): string {
  try {
    return JSON.stringify(sortedKeys(JSON.parse(text)))
  } catch {
    return text
  }
}

/** The value with the keys of all objects in it in order. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sortedKeys(item)]))
}
