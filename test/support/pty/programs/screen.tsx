/** A small full-screen program on the terminal layer: each key of its own tries one thing. */
import { writeFileSync } from 'node:fs'
import { Box, Text, useApp } from 'ink'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { copyCommand } from '../../../../src/tui/terminal/clipboard.js'
import { signalExitCode } from '../../../../src/tui/terminal/guard.js'
import { handOver } from '../../../../src/tui/terminal/hand-off.js'
import { mount } from '../../../../src/tui/terminal/mount.js'
import { streamsOf } from '../../../../src/tui/terminal/streams.js'
import { suspend } from '../../../../src/tui/terminal/suspend.js'

const streams = streamsOf(process.stdin, process.stdout)
const { keys, frames, terminal } = streams

/** Whose width terminals agree on, and do not; each is followed by a bar in the same column. */
const SAMPLES = [
  '用户 한글',
  '😀',
  '👍🏽',
  '❤\ufe0f',
  'नमस्ते',
  '1\ufe0f\u20e3',
  '👩\u200d🚀',
  'မြန်မာ',
  'ភាសា',
]

/** What happened so far; `changed` draws it. */
const seen = { keys: 0, last: '', pasted: '', editor: '', status: 'ready', size: '', exit: 0 }
let isRunning = false
let throwsInRender = false
let changed = (): void => undefined
let exit = (): void => undefined

const ACTIONS: Readonly<Record<string, () => void>> = {
  q: () => {
    exit()
  },
  t: () => {
    throw new Error('thrown by a key')
  },
  T: () => {
    setTimeout(() => {
      throw new Error('thrown later')
    }, 0)
  },
  r: () => {
    void Promise.reject(new Error('rejected'))
  },
  R: () => {
    throwsInRender = true
  },
  e: () => {
    void handOver(streams, process.env.EDITED ?? '', {
      command: [process.env.EDITOR_PROGRAM ?? process.execPath, process.env.EDITOR_SCRIPT ?? ''],
    }).then((code) => {
      seen.editor = String(code)
      changed()
    })
  },
  'ctrl+z': () => {
    void suspend(streams).then(() => {
      seen.status = 'continued'
      changed()
    })
  },
  S: () => {
    process.kill(process.pid, 'SIGSTOP')
  },
  m: () => {
    seen.status = 'muted'
    void keys.mute(300).then(() => {
      seen.status = 'open'
      changed()
    })
  },
  // Blocked for longer than the mute: what is typed meanwhile is read only after it.
  M: () => {
    void keys.mute(100).then(() => {
      seen.status = 'open'
      changed()
    })
    const end = performance.now() + 600
    while (performance.now() < end);
  },
  c: () => {
    terminal.send(copyCommand('copied text', process.env) ?? '')
  },
  b: () => {
    isRunning = true
    seen.status = 'running'
  },
}

keys.on('key', (name) => {
  seen.keys += 1
  seen.last = name
  ACTIONS[name]?.()
  changed()
})
keys.on('paste', (text) => {
  seen.pasted = text
  changed()
})

function App(): ReactElement {
  const app = useApp()
  const [, draw] = useState(0)
  useEffect(() => {
    changed = () => {
      draw((n) => n + 1)
    }
    exit = () => {
      app.exit()
    }
    frames.on('resize', changed)
    changed()
  }, [app])
  if (throwsInRender) throw new Error('thrown while drawing')
  const { columns, rows } = frames
  return (
    <Box width={columns} height={rows} borderStyle="round" flexDirection="column">
      <Text>{`${columns}x${rows} ${seen.status}`}</Text>
      <Text>{`keys ${seen.keys} last ${seen.last} editor ${seen.editor}`}</Text>
      <Text>{`pasted ${JSON.stringify(seen.pasted)}`}</Text>
      {SAMPLES.map((sample) => (
        <Box key={sample}>
          <Box width={12}>
            <Text color="red">{sample}</Text>
          </Box>
          <Text>┃</Text>
        </Box>
      ))}
      {Array.from({ length: Math.max(0, rows - 5 - SAMPLES.length) }, (_, row) => (
        <Text key={row} wrap="truncate">{`row ${row} ${'─'.repeat(columns)}`}</Text>
      ))}
    </Box>
  )
}

try {
  await mount(<App />, streams, {
    describe: (thrown) => `fault: ${String(thrown)}`,
    onSignal: (signal) => {
      if (!isRunning) return false
      seen.status = `stopping for ${signal}`
      changed()
      setTimeout(() => {
        seen.exit = signalExitCode(signal)
        exit()
      }, 400)
      return true
    },
  })
  if (process.env.LAST_WORDS !== undefined) writeFileSync(process.env.LAST_WORDS, seen.status)
  console.log(`summary: ${seen.keys} keys, ${frames.bytesWritten} bytes`)
  process.exitCode = seen.exit
} catch (error) {
  console.error(`failed: ${String(error)}`)
  process.exitCode = 1
}
