-- oversight_test_count (what text) -> one (events int)
-- How many events of a kind there are.
-- scans audit_event - only tests ask
select count(*) from audit_event e where e.what = :what;

-- oversight_test_newest (what text) -> one (id int, chain text, actor_id int, role text, subject_id int, thing text, detail text, digest text)
-- The newest event of a kind.
-- scans audit_event e - only tests ask
select e.id, e.chain, e.actor_id, e.role, e.subject_id, e.thing, e.detail, e.digest
from audit_event e where e.what = :what order by e.id desc limit 1;
