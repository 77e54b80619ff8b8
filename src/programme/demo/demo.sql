-- demo_employers (after text, at_most int) -> many (id int, code text, name text, kind text,
--   town text, state text, opened_on text, closed_on text)
-- Employers by code, those behind a given one. Reads organisation, organisation_record and
-- organisation_kind.
select o.id, o.code, r.name, r.kind, r.town, r.state, r.opened_on, r.closed_on
from organisation o
join organisation_record r on r.organisation_id = o.id and r.dropped_by is null
join organisation_kind k on k.code = r.kind
where o.code > :after and k.is_employer = 1
order by o.code limit :at_most;

-- demo_pledges (after int, at_most int) -> many (id int, reference text, state text, region text,
--   name text)
-- Pledges by id, those behind a given one, to look at what was made. Reads pledge.
select id, reference, state, region, name
from pledge where id > :after order by id limit :at_most;

-- demo_pledges_waiting (at_most int) -> many (reference text)
-- Pledges that wait for signatures, the longest first. Reads pledge.
select reference from pledge where state = 'awaiting' order by state_at, id limit :at_most;
