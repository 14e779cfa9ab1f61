/** The histories that Alembic's documentation on branches tells about. */
import { graphOf } from './graphs.js'

export const forked = graphOf({
  '1975ea83b712': [],
  ae1027a6acf: ['1975ea83b712'],
  '27c6a30d7c24': ['1975ea83b712'],
})

export const merged = graphOf({
  '1975ea83b712': [],
  ae1027a6acf: ['1975ea83b712'],
  '27c6a30d7c24': ['1975ea83b712'],
  '53fffde5ad5': ['ae1027a6acf', '27c6a30d7c24'],
})

export const shop = graphOf({
  '1975ea83b712': [],
  '27c6a30d7c24': { parents: ['1975ea83b712'], branchLabels: ['shoppingcart'] },
  ae1027a6acf: ['1975ea83b712'],
  d747a8a8879: ['27c6a30d7c24'],
})

export const networking = graphOf({
  '1975ea83b712': [],
  ae1027a6acf: ['1975ea83b712'],
  '55af2cb1c267': ['ae1027a6acf'],
  '27c6a30d7c24': { parents: ['1975ea83b712'], branchLabels: ['shoppingcart'] },
  '3cac04ae8714': { branchLabels: ['networking'] },
  '109ec7d132bf': ['3cac04ae8714'],
  '29f859a13ea': ['109ec7d132bf'],
  '2a95102259be': { parents: ['29f859a13ea'], dependsOn: ['55af2cb1c267'] },
})

export const linear = graphOf({
  '1975ea83b712': [],
  ae1027a6acf: ['1975ea83b712'],
  '27c6a30d7c24': ['ae1027a6acf'],
  '53fffde5ad5': ['27c6a30d7c24'],
})
