-- register_test_forget_lines () -> changes
-- As if no snapshot had ever been made.
delete from register_entry where true;

-- register_test_forget () -> changes
-- The same.
delete from register_snapshot where true;

-- register_test_logged (subject text) -> many (kind text, digest text)
-- What waits for the public log, or is in it, about something.
-- scans ledger_waiting w - only tests ask
-- scans ledger_entry e - only tests ask
select w.kind, w.digest from ledger_waiting w where w.subject = :subject
union all
select e.kind, e.digest from ledger_entry e where e.subject = :subject
limit 10;

-- register_test_set_line (reference text, line text) -> changes
-- As if somebody meddled with what is in the files.
update register_entry set line = :line where reference = :reference;

-- register_test_set_head (month text, head text) -> changes
-- The same with the figures.
update register_snapshot set head = :head where month = :month;

-- register_test_set_key (month text, key_id text) -> changes
-- The same with who signed.
update register_snapshot set key_id = :key_id where month = :month;
