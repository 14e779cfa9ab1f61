import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskSecrets, maskValue, rememberSecrets } from '../../src/project/secrets.js'

test.each([
  ['postgres://ana:pa55word@db:5432/shop', 'postgres://ana:***@db:5432/shop'],
  ['could not reach mysql://root:@x/y', 'could not reach mysql://root:***@x/y'],
  ['postgres://ana@db/shop', 'postgres://ana@db/shop'],
  ['host=db password=hunter2 user=ana', 'host=db password=*** user=ana'],
  ['{"user":"ana","password":"hunter2"}', '{"user":"ana","password":***}'],
  ["{ api_key: 'k-1', port: 3 }", '{ api_key: ***, port: 3 }'],
  ['no secret here', 'no secret here'],
  [`unrecognized token: "'s"`, `unrecognized token: "'s"`],
])('%s', (text, masked) => {
  expect(maskSecrets(text)).toBe(masked)
})

test('values are shown without the secrets in them', () => {
  const connection = { host: 'db', password: 'x', ssl: { key: 'y', passphrase: 'z' }, port: 1 }
  expect(maskValue({ client: 'pg', connection })).toEqual({
    client: 'pg',
    connection: { host: 'db', password: '***', ssl: { key: 'y', passphrase: '***' }, port: 1 },
  })
})

test('a password that was met is found in any message, written plainly or in a URL', () => {
  rememberSecrets({ host: 'db', password: 'p@ss/w:rd-1' })
  expect(maskSecrets('getaddrinfo ENOTFOUND p@ss/w:rd-1')).not.toContain('rd-1')
  expect(maskSecrets('bad address p%40ss%2Fw%3Ard-1')).not.toContain('rd-1')
})

test('no password of a connection string survives in a message that holds it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w!$%&*+.;=?^|~-]{8,20}$/), (password) => {
      const url = `postgres://ana:${encodeURIComponent(password)}@db/shop`
      rememberSecrets(url)
      expect(maskSecrets(`failed: ${password} at ${url}`)).not.toContain(password)
    }),
  )
})
