/** A revision as it is typed in a command. */
export { typedId } from '../revisions/revision.js'
