/** The names that were probably meant by a word that is none. */
export { didYouMean, nearNames } from '../revisions/near-names.js'
