/** Where the process that runs workflows for the screens begins. */
import { keepCompiledCode, writeCompiledCode } from '../compiled-code/keep.js'
import { keepYoungSpaceSmall } from '../v8-flags.js'

// It is killed with its parent: what was compiled until then is written.
keepYoungSpaceSmall(writeCompiledCode)
keepCompiledCode('host')
void import('./serve-calls.js')
