-- pledge_dispute_add (organisation_id int, pledge_id int, id int, reference text, raised_at int,
--   due_on text, why text, words text, name text, job_title text, email text, email_key text,
--   phone text) -> changes
-- One more that says so.
insert into pledge_dispute (organisation_id, pledge_id, id, reference, raised_at, due_on, state, why,
                            words, name, job_title, email, email_key, phone, answer)
values (:organisation_id, :pledge_id, :id, :reference, :raised_at, :due_on, 'open', :why, :words,
        :name, :job_title, :email, :email_key, :phone, '');

-- pledge_dispute_row (reference text)
--   -> one (organisation_id int, pledge_id int, id int, reference text, raised_at int, due_on text,
--           state text, why text, words text, name text, job_title text, email text,
--           email_key text, phone text, decided_at int?, answer text, pledge text)
-- One of them, with the reference of its pledge.
select d.organisation_id, d.pledge_id, d.id, d.reference, d.raised_at, d.due_on, d.state, d.why,
       d.words, d.name, d.job_title, d.email, d.email_key, d.phone, d.decided_at, d.answer,
       p.reference as pledge
from pledge_dispute d
join pledge p on p.organisation_id = d.organisation_id and p.id = d.pledge_id
where d.reference = :reference;

-- pledge_disputes_of (organisation_id int, pledge_id int, at_most int)
--   -> many (reference text, raised_at int, due_on text, state text)
-- All of a pledge, oldest first.
select d.reference, d.raised_at, d.due_on, d.state
from pledge_dispute d
where d.organisation_id = :organisation_id and d.pledge_id = :pledge_id
order by d.id limit :at_most;

-- pledge_disputes_open (organisation_id int, pledge_id int, at_most int)
--   -> many (reference text, email_key text)
-- Those of a pledge that are to be decided, oldest first.
select d.reference, d.email_key
from pledge_dispute d
where d.organisation_id = :organisation_id and d.pledge_id = :pledge_id and d.state = 'open'
order by d.id limit :at_most;

-- pledge_disputes_since (email_key text, since int) -> one (disputes int)
-- How many an address has raised lately.
select count(*) from pledge_dispute d where d.email_key = :email_key and d.raised_at >= :since;

-- pledge_dispute_decide_row (organisation_id int, pledge_id int, id int, state text, answer text,
--   now int) -> changes
-- What was decided.
update pledge_dispute set state = :state, answer = :answer, decided_at = :now
where organisation_id = :organisation_id and pledge_id = :pledge_id and id = :id
  and state = 'open';

-- pledge_dispute_queue (today text, scope text optional, state text optional)
--   -> page (reference text, pledge text, organisation text, organisation_code text, state text,
--            raised_at int, due_on text, id int)
-- All of them, the first due first. Reads organisation_within.
-- sort due: d.due_on, d.id
-- sort newest: d.raised_at desc, d.id desc
-- scans pledge - only those of the disputes, by their keys
select d.reference, p.reference as pledge, p.name as organisation, p.organisation_code, d.state,
       d.raised_at, d.due_on, d.id
from pledge_dispute d
join pledge p on p.organisation_id = d.organisation_id and p.id = d.pledge_id
where :today <> ''
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[state: and d.state = :state ]];

-- pledge_dispute_waiting (today text, scope text optional) -> one (disputes int, oldest_at int?)
-- How many are open, and since when the oldest. Reads organisation_within.
select count(*), min(d.raised_at)
from pledge_dispute d
join pledge p on p.organisation_id = d.organisation_id and p.id = d.pledge_id
where d.state = 'open' and :today <> ''
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- ---- a person's own data: see pledge_privacy.c ----

-- pledge_dispute_copy (email_key text, at_most int)
--   -> many (reference text, pledge text, organisation text, organisation_code text,
--            raised_at int, what text, words text, name text, job_title text, email text,
--            phone text, state text, decided_at int?, answer text)
-- What a person said of pledges.
select d.reference, p.reference as pledge, p.name as organisation, p.organisation_code, d.raised_at,
       d.why as what, d.words, d.name, d.job_title, d.email, d.phone, d.state, d.decided_at,
       d.answer
from pledge_dispute d
join pledge p on p.organisation_id = d.organisation_id and p.id = d.pledge_id
where d.email_key = :email_key
order by d.raised_at limit :at_most;

-- pledge_dispute_erase (email_key text) -> changes
-- Who said it goes, once it was decided.
update pledge_dispute
set name = '', job_title = '', email = '', email_key = '', phone = '', words = '', answer = ''
where email_key = :email_key and state <> 'open';

-- pledge_dispute_retain (before int, at_most int) -> changes
-- What was decided before a time goes. Reads privacy_hold.
delete from pledge_dispute
where (organisation_id, pledge_id, id) in (
    select d.organisation_id, d.pledge_id, d.id
    from pledge_dispute d
    join pledge p on p.organisation_id = d.organisation_id and p.id = d.pledge_id
    where d.decided_at is not null and d.decided_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.reference)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = d.reference)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.organisation_code)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = d.email_key)
    limit :at_most);
