/** Words that mean something else than a column when they stand without quotes. */
const RESERVED = new Set(
  `accessible add all alter analyze and as asc asensitive before between bigint binary blob both by
  call cascade case change char character check collate column condition constraint continue convert
  create cross current_date current_role current_time current_timestamp current_user cursor database
  databases day_hour day_microsecond day_minute day_second dec decimal declare default delayed delete
  desc describe deterministic distinct distinctrow div double drop dual each else elseif enclosed escaped
  except exists exit explain false fetch float for force foreign from fulltext generated grant group groups
  having hour_microsecond hour_minute hour_second if ignore in index infile inner inout insensitive
  insert int integer intersect interval into is iterate join key keys kill lateral leading leave left
  like limit linear lines load localtime localtimestamp lock long longblob longtext loop low_priority
  match maxvalue mediumblob mediumint mediumtext minute_microsecond minute_second mod modifies natural
  not no_write_to_binlog null numeric of offset on optimize option optionally or order out outer
  outfile over partition precision primary procedure purge range rank read reads real recursive ref
  references regexp release rename repeat replace require resignal restrict return returning revoke
  right rlike row row_number rows schema schemas second_microsecond select sensitive separator set show
  signal smallint spatial specific sql sqlexception sqlstate sqlwarning ssl starting stored straight_join
  system table terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique
  unlock unsigned update usage use user using utc_date utc_time utc_timestamp values varbinary varchar
  varying virtual when where while window with write xor year_month zerofill end any some array only
  cast both localtime session_user`.split(/\s+/),
)

/** Whether a name can stand in a neutral expression without quotes, on every engine. */
export function isPlainName(name: string): boolean {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name)
}
