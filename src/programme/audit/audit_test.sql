-- audit_test_set_actor (number int, actor_id int) -> changes
-- What somebody who meddles would do.
update audit_event set actor_id = :actor_id where number = :number;

-- audit_test_set_detail (number int, detail text) -> changes
-- The same, to what was changed.
update audit_event set detail = :detail where number = :number;

-- audit_test_remove (from_number int, to_number int) -> changes
-- The same, leaving events out.
delete from audit_event where number >= :from_number and number <= :to_number;
