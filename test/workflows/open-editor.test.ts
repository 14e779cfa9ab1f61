import { afterEach, expect, test, vi } from 'vitest'
import { editorAt } from '../../src/workflows/open-editor.js'

afterEach(() => {
  vi.unstubAllEnvs()
})

test.each([
  ['emacs -nw', 'nano', ['emacs', '-nw', '+3']],
  ['', 'nano', ['nano', '+3']],
  [' ', '', ['vi', '+3']],
])('with VISUAL=%j and EDITOR=%j it is %j', (visual, editor, command) => {
  vi.stubEnv('VISUAL', visual)
  vi.stubEnv('EDITOR', editor)
  expect(editorAt('a.js', 3)).toEqual({ command, file: 'a.js' })
})
