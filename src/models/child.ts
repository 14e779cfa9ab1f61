/** Where the process that loads models begins. */
import { keepCompiledCode } from '../compiled-code/keep.js'

keepCompiledCode('models')
void import('./answer-request.js')
