/** Where the process that loads models begins. */
import { keepCompiledCode } from '../compiled-code/keep.js'
import { collectYoungAlone } from '../v8-flags.js'

collectYoungAlone()
keepCompiledCode('models')
void import('./answer-request.js')
