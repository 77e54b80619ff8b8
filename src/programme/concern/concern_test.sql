-- concern_test_counts () -> one (concerns int, told int, events int)
-- How much there is of each.
-- scans concern, concern_told, concern_event - only tests ask
select (select count(*) from concern), (select count(*) from concern_told),
       (select count(*) from concern_event);

-- concern_test_set_state (state text) -> changes
-- Every concern stands so.
update concern set state = :state;
