-- concern_test_counts () -> one (concerns int, told int, events int)
-- How much there is of each.
-- scans concern, concern_told, concern_event - only tests ask
select (select count(*) from concern), (select count(*) from concern_told),
       (select count(*) from concern_event);

-- concern_test_set_state (state text) -> changes
-- Every concern stands so.
update concern set state = :state;

-- concern_test_keep_from (concern_id int, person_id int) -> changes
-- A concern is kept from somebody.
insert into concern_kept_from (concern_id, person_id) values (:concern_id, :person_id);
