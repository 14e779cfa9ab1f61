/**
 * One seed for all random tests, so that a run can be told again: 20261126, or what SEED says.
 * SEED=random looks further; what fails there prints the seed that tells it again.
 */
import fc from 'fast-check'

const { SEED = '20261126' } = process.env

if (SEED !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(SEED) })
