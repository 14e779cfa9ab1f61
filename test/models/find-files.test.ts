import { chmodSync, mkdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findFiles } from '../../src/models/finding/find-files.js'
import { folderOf } from '../support/folder.js'

/** Folders that nobody may list, not even the user who runs the tests, where that is root. */
function forbid(folder: string): void {
  chmodSync(folder, 0o000)
  const isRoot = process.getuid?.() === 0
  if (isRoot) process.seteuid?.(65534)
  onTestFinished(() => {
    if (isRoot) process.seteuid?.(0)
    chmodSync(folder, 0o700)
  })
}

test.each([['models'], ['models/**/*.js']])(
  '%s: a folder that may not be listed is named',
  async (place) => {
    const root = realpathSync(folderOf({ 'models/user.js': '' }))
    chmodSync(root, 0o755)
    const secret = path.join(root, 'models', 'secret')
    mkdirSync(secret)
    forbid(secret)
    expect(await findFiles(root, [place], [])).toEqual({
      files: [path.join(root, 'models', 'user.js')],
      missing: [],
      unreadable: [secret],
    })
  },
)
