-- rights_add (id int, reference text, kind text, state text, person_id int?, email text,
--   email_key text, name text, organisation text, what text, now int, received_on text,
--   clock_on text, due_on text, acknowledge_on text) -> changes
-- One request more.
insert into rights_request (id, reference, kind, state, person_id, email, email_key, name,
                            organisation, what, received_at, received_on, clock_on, due_on,
                            paused_on, extended_reason, acknowledge_on, outcome, reason, answer)
values (:id, :reference, :kind, :state, :person_id, :email, :email_key, :name, :organisation, :what,
        :now, :received_on, :clock_on, :due_on, '', '', :acknowledge_on, '', '', '');

-- rights_row (reference text)
--   -> one (id int, reference text, kind text, state text, person_id int?, email text,
--           email_key text, name text, organisation text, what text, received_at int,
--           received_on text, clock_on text, due_on text, paused_on text, paused_days int,
--           extended_reason text, acknowledge_on text, acknowledged_at int?, outcome text,
--           reason text, answer text, closed_at int?)
-- One request.
select r.id, r.reference, r.kind, r.state, r.person_id, r.email, r.email_key, r.name,
       r.organisation, r.what, r.received_at, r.received_on, r.clock_on, r.due_on, r.paused_on,
       r.paused_days, r.extended_reason, r.acknowledge_on, r.acknowledged_at, r.outcome, r.reason,
       r.answer, r.closed_at
from rights_request r where r.reference = :reference;

-- rights_set (id int, state text, person_id int?, clock_on text, due_on text, paused_on text,
--   paused_days int, extended_reason text, acknowledged_at int?) -> changes
-- Where a request that is not closed stands, and its clocks.
update rights_request
set state = :state, person_id = :person_id, clock_on = :clock_on, due_on = :due_on,
    paused_on = :paused_on, paused_days = :paused_days, extended_reason = :extended_reason,
    acknowledged_at = :acknowledged_at
where id = :id and closed_at is null;

-- rights_end (id int, outcome text, reason text, answer text, now int, closed_by int) -> changes
-- A request is answered.
update rights_request
set state = 'closed', outcome = :outcome, reason = :reason, answer = :answer, closed_at = :now,
    closed_by = :closed_by, paused_on = ''
where id = :id and closed_at is null;

-- rights_link_add (token_hash text, request_id int, now int, expires_at int) -> changes
-- A link more.
insert into rights_link (token_hash, request_id, created_at, expires_at)
values (:token_hash, :request_id, :now, :expires_at);

-- rights_link_row (token_hash text) -> one (reference text, expires_at int)
-- The request behind a link.
select r.reference, l.expires_at from rights_link l
join rights_request r on r.id = l.request_id
where l.token_hash = :token_hash;

-- rights_person (email_key text) -> one (person_id int)
-- The open account of an address. Reads person.
select p.id as person_id from person p where p.email_key = :email_key and p.closed_at is null;

-- rights_of_person (person_id int, at_most int)
--   -> many (reference text, kind text, state text, received_on text, due_on text, outcome text,
--            answer text)
-- The requests of a person, the newest first.
select r.reference, r.kind, r.state, r.received_on, r.due_on, r.outcome, r.answer
from rights_request r where r.person_id = :person_id
order by r.id desc limit :at_most;

-- rights_queue (today text, scope text optional, state text optional, kind text optional)
--   -> page (reference text, kind text, state text, received_at int, due_on text,
--            acknowledge_on text, organisation text, id int)
-- Requests whose address is proven, the first due first. Reads organisation_within.
-- sort due: r.due_on, r.id
-- sort newest: r.received_at desc, r.id desc
select r.reference, r.kind, r.state, r.received_at, r.due_on,
       case when r.acknowledged_at is null then r.acknowledge_on else '' end as acknowledge_on,
       r.organisation, r.id
from rights_request r
where r.state <> 'unproven' and :today <> ''
[[scope: and r.organisation in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[state: and r.state = :state ]]
[[kind: and r.kind = :kind ]];

-- rights_waiting (today text, scope text optional) -> one (requests int, oldest_at int?)
-- How many requests wait for an answer, and since when the oldest.
select count(*), min(r.received_at) from rights_request r
where r.closed_at is null and r.state in ('open', 'paused') and :today <> ''
[[scope: and r.organisation in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- ---- a person's own data ----

-- rights_copy (person_id int, email_key text, at_most int)
--   -> many (reference text, kind text, received_at int, what text, due_on text, outcome text,
--            answer text, closed_at int?)
-- The requests of a person, for their own copy.
select r.reference, r.kind, r.received_at, r.what, r.due_on, r.outcome, r.answer, r.closed_at
from rights_request r where r.person_id = :person_id and :person_id <> 0
union
select r.reference, r.kind, r.received_at, r.what, r.due_on, r.outcome, r.answer, r.closed_at
from rights_request r where r.email_key = :email_key and r.state <> 'unproven'
limit :at_most;

-- rights_retain (before int, now int, at_most int) -> changes
-- What was closed before a time goes, and what was never proven after 30 days. Reads privacy_hold.
-- scans rights_request - once a night, and requests are few
delete from rights_request
where id in (select r.id from rights_request r
             where (r.closed_at < :before
                    or (r.state = 'unproven' and r.received_at < :now - 2592000))
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.person_id = r.person_id)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.email_key = r.email_key)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.code = r.organisation)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.code = r.reference)
             limit :at_most);

-- rights_link_retain (now int, at_most int) -> changes
-- Links that are of no use any more go.
delete from rights_link
where token_hash in (select l.token_hash from rights_link l
                     where l.expires_at < :now limit :at_most);
