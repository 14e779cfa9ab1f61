import type * as System from 'node:os'
import { userInfo } from 'node:os'
import { expect, test, vi } from 'vitest'
import { userName } from '../../src/user-name.js'

const failing = { isOn: false }

// What the system answers for a number without a name; only root could become such a user here.
vi.mock('node:os', async (original) => {
  const system = await original<typeof System>()
  return {
    ...system,
    userInfo: () => {
      if (failing.isOn) throw new Error('uv_os_get_passwd returned ENOENT')
      return system.userInfo()
    },
  }
})

test('a user is called by name, and by number where the system knows no name', () => {
  expect(userName()).toBe(userInfo().username)
  failing.isOn = true
  expect(userName()).toBe(`uid${process.getuid?.() ?? ''}`)
})
