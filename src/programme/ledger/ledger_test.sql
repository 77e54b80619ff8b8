-- ledger_test_set_entry (number int, digest text) -> changes
-- What somebody who meddles would do.
update ledger_entry set digest = :digest where number = :number;

-- ledger_test_set_leaf (number int, leaf text) -> changes
-- The same.
update ledger_entry set leaf = :leaf where number = :number;

-- ledger_test_set_node (level int, place int, hash text) -> changes
-- The same.
update ledger_node set hash = :hash where level = :level and place = :place;

-- ledger_test_set_root (number int, root text) -> changes
-- The same.
update ledger_head set root = :root where number = :number;

-- ledger_test_set_key (number int, key_id text) -> changes
-- The same.
update ledger_head set key_id = :key_id where number = :number;

-- ledger_test_set_signature (number int, signature text) -> changes
-- The same.
update ledger_head set signature = :signature where number = :number;

-- ledger_test_set_from (number int, from_at int) -> changes
-- The same, of a key.
update ledger_key set from_at = :from_at where number = :number;

-- ledger_test_drop_entry (number int) -> changes
-- The same, leaving an entry out.
delete from ledger_entry where number = :number;

-- ledger_test_drop_head (number int) -> changes
-- The same, leaving a head out.
delete from ledger_head where number = :number;

-- ledger_test_drop_entries () -> changes
-- As if there had never been a log.
delete from ledger_entry;

-- ledger_test_drop_nodes () -> changes
-- The same.
delete from ledger_node;

-- ledger_test_drop_heads () -> changes
-- The same.
delete from ledger_head;
