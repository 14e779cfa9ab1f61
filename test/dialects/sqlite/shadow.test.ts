import { describe, expect, test } from 'vitest'
import { sqlite } from '../../../src/dialects/sqlite/index.js'
import { databaseWith, driverOf, DRIVERS, schemaTexts } from '../../support/sqlite.js'

describe.each(DRIVERS)('%s', (driver) => {
  test('a shadow has every object and no row', async () => {
    const connection = await databaseWith(
      [
        'create view early as select * from t',
        'create table t (id integer primary key autoincrement, g as (id + 1), p references t (id)) strict'
          .replace(', p ref', ', p int ref')
          .replace('g as', 'g int as'),
        'create virtual table docs using fts5(body)',
        'create view late as select id from early',
        'create trigger instead instead of insert on late begin select 1; end',
        'create trigger tr after insert on t when new.id > 1 begin insert into docs values (new.id); end',
        'create unique index i on t (p) where p > 1',
        'insert into t (p) values (1)',
        'analyze',
      ],
      driver,
    )
    const before = await schemaTexts(connection)
    const shadow = await sqlite.shadow(driverOf(driver), connection)
    expect(await schemaTexts(shadow.connection)).toEqual(before)
    expect(await shadow.connection.query('select count(*) as n from t')).toEqual([{ n: 0 }])
    await shadow.connection.execute('drop table docs')
    await shadow.close()
    expect(await schemaTexts(connection)).toEqual(before)
  })

  test('without a source it is empty', async () => {
    const shadow = await sqlite.shadow(driverOf(driver), null)
    expect(await sqlite.listTables(shadow.connection)).toEqual([])
    await shadow.close()
  })
})
