-- ---- people ----

-- member_people (today text, scope text optional, role text optional)
--   -> page (person_id int, name text, role text, area text, area_name text?,
--            from_on text, until_on text?, id int)
-- Who has which role, now or soon. Names are not joined, so that every plan begins with the roles.
-- sort newest: g.id desc
-- sort oldest: g.id
select g.person_id, (select p.name from person p where p.id = g.person_id) as name, g.role, g.area,
       (select r.name from organisation_record r
        where r.organisation_id = (select o.id from organisation o where o.code = g.area)
          and r.dropped_by is null) as area_name,
       g.from_on, g.until_on, g.id
from access_grant g
where (g.until_on is null or g.until_on > :today)
[[scope: and g.area in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[role: and g.role = :role ]];

-- member_person_grants (person_id int, today text, scope text optional, at_most int)
--   -> many (id int, role text, area text, area_name text?, from_on text, until_on text?)
-- The roles of a person that lie in a scope, ended ones too, the newest first.
select g.id, g.role, g.area, r.name as area_name, g.from_on, g.until_on
from access_grant g
left join organisation o on o.code = g.area
left join organisation_record r on r.organisation_id = o.id and r.dropped_by is null
where g.person_id = :person_id and :today <> ''
[[scope: and g.area in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
order by g.id desc limit :at_most;

-- member_grants_in (person_id int, area text, today text, at_most int)
--   -> many (id int, role text)
-- The roles of a person in one area that have not ended, those to come too.
select g.id, g.role from access_grant g
where g.person_id = :person_id and g.area = :area and (g.until_on is null or g.until_on > :today)
order by g.id limit :at_most;

-- member_colleagues (area text, today text, person_id int, at_most int)
--   -> many (id int, name text, email text)
-- Who else has a role in an area today.
select p.id, p.name, p.email from access_grant g
join person p on p.id = g.person_id
where g.area = :area and g.from_on <= :today and (g.until_on is null or g.until_on > :today)
  and p.id <> :person_id and p.closed_at is null
group by p.id, p.name, p.email
order by p.name, p.id limit :at_most;

-- ---- invitations ----

-- member_invitation_add (organisation_id int, id int, reference text, token_hash text, email text,
--   email_key text, role text, area text, area_name text, from_on text, until_on text, invited_by int, now int, expires_at int) -> changes
-- A new invitation. One that is open already changes no row.
insert into member_invitation (organisation_id, id, reference, token_hash, email, email_key, role,
    area, area_name, from_on, until_on, invited_by, invited_at,
    sent_count, expires_at, state)
values (:organisation_id, :id, :reference, :token_hash, :email, :email_key, :role, :area,
    :area_name, :from_on, :until_on, :invited_by, :now, 1, :expires_at, 'open')
on conflict (email_key, role, area) where state = 'open' do nothing;

-- member_invitation_renew (id int, organisation_id int, token_hash text, from_on text,
--   until_on text, invited_by int, expires_at int) -> changes
-- The same invitation again, with a new link; the old one stops.
update member_invitation
set token_hash = :token_hash, from_on = :from_on, until_on = :until_on, invited_by = :invited_by,
    expires_at = :expires_at, sent_count = sent_count + 1
where organisation_id = :organisation_id and id = :id and state = 'open';

-- member_invitation_open_of (email_key text, role text, area text)
--   -> one (organisation_id int, id int, reference text, sent_count int)
-- The open invitation of an address.
select i.organisation_id, i.id, i.reference, i.sent_count from member_invitation i
where i.email_key = :email_key and i.role = :role and i.area = :area and i.state = 'open';

-- member_invitation_by_token (token_hash text) -> one (reference text)
-- The invitation behind a link.
select i.reference from member_invitation i where i.token_hash = :token_hash;

-- member_invitation_by_reference (reference text)
--   -> one (organisation_id int, id int, reference text, email text, email_key text, role text,
--           area text, area_name text, from_on text, until_on text, invited_by int,
--           sent_count int, expires_at int, state text)
-- One invitation; the caller decides who may see it.
select i.organisation_id, i.id, i.reference, i.email, i.email_key, i.role, i.area, i.area_name,
       i.from_on, i.until_on, i.invited_by, i.sent_count, i.expires_at, i.state
from member_invitation i where i.reference = :reference;

-- member_invitation_end (organisation_id int, id int, state text, now int) -> changes
-- It ends, once.
update member_invitation set state = :state, ended_at = :now
where organisation_id = :organisation_id and id = :id and state = 'open';

-- member_invitations_over (now int) -> changes
-- Nobody answered in time.
update member_invitation set state = 'over', ended_at = :now
where state = 'open' and expires_at <= :now;

-- member_invitations_count (invited_by int) -> one (invitations int)
-- How many invitations of a person are open.
select count(*) from member_invitation i where i.invited_by = :invited_by and i.state = 'open';

-- member_invitations_by (invited_by int, area text, today text, at_most int)
--   -> many (organisation_id int, id int, reference text, email text, role text)
-- The open invitations that a person answers for within an area ('' is everywhere).
select i.organisation_id, i.id, i.reference, i.email, i.role from member_invitation i
where i.invited_by = :invited_by and i.state = 'open'
  and :today <> '' and (:area = '' or i.area in (select w.code from organisation_within w
      where w.area = :area and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)))
order by i.id limit :at_most;

-- member_invitations_hand (from_id int, to_id int, area text, today text) -> changes
-- Another person answers for them.
update member_invitation set invited_by = :to_id
where invited_by = :from_id and state = 'open'
  and :today <> '' and (:area = '' or area in (select w.code from organisation_within w
      where w.area = :area and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)));

-- member_invitations_to (email_key text, now int, at_most int)
--   -> many (reference text, role text, area_name text, expires_at int)
-- What an address is invited to.
select i.reference, i.role, i.area_name, i.expires_at from member_invitation i
where i.email_key = :email_key and i.state = 'open' and i.expires_at > :now
order by i.id limit :at_most;

-- member_invitation_list (today text, scope text optional, state text optional)
--   -> page (reference text, email text, role text, area_name text, area text, invited_at int,
--            expires_at int, state text, id int)
-- Invitations with their clocks.
-- sort newest: i.id desc
-- sort oldest: i.id
select i.reference, i.email, i.role, i.area_name, i.area, i.invited_at, i.expires_at, i.state, i.id
from member_invitation i
where :today <> ''
[[scope: and i.area in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[state: and i.state = :state ]];

-- member_invitations_waiting (today text, scope text optional) -> one (invitations int, oldest_at int?)
-- How many invitations have no answer, and since when the oldest.
select count(*), min(i.invited_at) from member_invitation i
where i.state = 'open' and :today <> ''
[[scope: and i.area in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- ---- claims ----

-- member_claim_add (organisation_id int, id int, reference text, organisation_code text,
--   organisation_name text, board text, region text, token_hash text, token_expires_at int,
--   email text, email_key text, name text, job_title text, about text, role text, now int)
--   -> changes
-- A new claim, whose address is not proven yet. One that is open already changes no row.
insert into member_claim (organisation_id, id, reference, organisation_code, organisation_name,
    board, region, token_hash, token_expires_at, sent_count, email, email_key, name, job_title,
    about, role, made_at, state, is_domain, due_on, step, next_at, reason)
values (:organisation_id, :id, :reference, :organisation_code, :organisation_name, :board, :region,
    :token_hash, :token_expires_at, 1, :email, :email_key, :name, :job_title, :about, :role, :now,
    'unproven', 0, '', 0, 0, '')
on conflict (organisation_id, email_key) where state in ('unproven', 'waiting') do nothing;

-- member_claim_open_of (organisation_id int, email_key text)
--   -> one (id int, reference text, state text, sent_count int)
-- The open claim of an address on an organisation.
select c.id, c.reference, c.state, c.sent_count from member_claim c
where c.organisation_id = :organisation_id and c.email_key = :email_key
  and c.state in ('unproven', 'waiting');

-- member_claim_renew (organisation_id int, id int, token_hash text, token_expires_at int,
--   name text, job_title text, about text, role text) -> changes
-- The same claim again, with a new link; the old one stops. Only until it is proven.
update member_claim
set token_hash = :token_hash, token_expires_at = :token_expires_at, name = :name,
    job_title = :job_title, about = :about, role = :role, sent_count = sent_count + 1
where organisation_id = :organisation_id and id = :id and state = 'unproven';

-- member_claims_of_email (email_key text, since_at int) -> one (claims int)
-- How many claims an address made since a time.
select count(*) from member_claim c where c.email_key = :email_key and c.made_at > :since_at;

-- member_claim_by_token (token_hash text) -> one (reference text, token_expires_at int, state text)
-- The claim behind a link.
select c.reference, c.token_expires_at, c.state from member_claim c
where c.token_hash = :token_hash;

-- member_claim_row (reference text)
--   -> one (organisation_id int, id int, reference text, organisation_code text,
--           organisation_name text, board text, region text, email text, email_key text, name text,
--           job_title text, about text, role text, made_at int, state text, proven_at int?,
--           person_id int?, is_domain int, due_on text, step int, decider_id int?,
--           ended_at int?, reason text)
-- One claim; the caller decides who may see it.
select c.organisation_id, c.id, c.reference, c.organisation_code, c.organisation_name, c.board,
       c.region, c.email, c.email_key, c.name, c.job_title, c.about, c.role, c.made_at, c.state,
       c.proven_at, c.person_id, c.is_domain, c.due_on, c.step, c.decider_id, c.ended_at, c.reason
from member_claim c where c.reference = :reference;

-- member_claim_prove (organisation_id int, id int, person_id int, is_domain int, due_on text,
--   now int) -> changes
-- The address is proven: the claim waits.
update member_claim
set state = 'waiting', proven_at = :now, person_id = :person_id, is_domain = :is_domain,
    due_on = :due_on, next_at = :now
where organisation_id = :organisation_id and id = :id and state = 'unproven';

-- member_claim_told (organisation_id int, id int, step int, next_at int, decider_id int?) -> changes
-- Deciders were told.
update member_claim set step = :step, next_at = :next_at, decider_id = :decider_id
where organisation_id = :organisation_id and id = :id and state = 'waiting';

-- member_claim_end (organisation_id int, id int, state text, decided_by int?, reason text, now int)
--   -> changes
-- It ends, once.
update member_claim
set state = :state, decided_by = :decided_by, reason = :reason, ended_at = :now
where organisation_id = :organisation_id and id = :id and state in ('unproven', 'waiting');

-- member_claims_over (now int) -> changes
-- The address was not proven in time.
update member_claim set state = 'over', ended_at = :now
where state = 'unproven' and token_expires_at <= :now;

-- member_claims_due (now int, at_most int) -> many (reference text)
-- Claims of which somebody is to be told.
select c.reference from member_claim c
where c.state = 'waiting' and c.next_at <= :now
order by c.next_at, c.id limit :at_most;

-- member_claims_with (decider_id int, area text, today text, at_most int)
--   -> many (reference text, organisation_code text, role text)
-- The claims within an area ('' is everywhere) that wait for a person.
select c.reference, c.organisation_code, c.role from member_claim c
where c.decider_id = :decider_id and c.state = 'waiting'
  and :today <> '' and (:area = '' or c.organisation_code in (select w.code from organisation_within w
      where w.area = :area and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)))
order by c.id limit :at_most;

-- member_claims_hand (from_id int, to_id int?, area text, today text, now int) -> changes
-- They wait for another person, or go to whoever is next.
update member_claim set decider_id = :to_id, next_at = :now
where decider_id = :from_id and state = 'waiting'
  and :today <> '' and (:area = '' or organisation_code in (select w.code from organisation_within w
      where w.area = :area and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)));

-- member_claims_of (person_id int, at_most int)
--   -> many (reference text, organisation_name text, role text, state text, proven_at int?,
--            due_on text, reason text)
-- The claims of a person, the newest first.
select c.reference, c.organisation_name, c.role, c.state, c.proven_at, c.due_on, c.reason
from member_claim c where c.person_id = :person_id
order by c.id desc limit :at_most;

-- member_claim_list (today text, scope text optional, state text optional)
--   -> page (reference text, organisation text, organisation_code text, name text, role text,
--            proven_at int, due_on text, clock text, state text, id int)
-- Claims whose address is proven, with their clocks.
-- sort oldest: c.proven_at, c.id
-- sort newest: c.proven_at desc, c.id desc
select c.reference, c.organisation_name as organisation, c.organisation_code, c.name, c.role,
       c.proven_at, c.due_on,
       case when c.state = 'waiting' and c.due_on < :today then 'overdue'
         when c.state = 'waiting' then 'in-time' else 'ended' end as clock,
       c.state, c.id
from member_claim c
where c.proven_at is not null
[[scope: and c.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[state: and c.state = :state ]];

-- member_claims_waiting (today text, scope text optional) -> one (claims int, oldest_at int?)
-- How many claims wait for a decision, and since when the oldest.
select count(*), min(c.proven_at) from member_claim c
where c.state = 'waiting' and :today <> ''
[[scope: and c.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- ---- domains ----

-- member_domain_add (organisation_id int, domain text, organisation_code text, source text,
--   added_by int, now int) -> changes
-- A domain of an organisation. One that is there already changes no row.
insert into member_domain (organisation_id, domain, organisation_code, source, added_by, added_at)
values (:organisation_id, :domain, :organisation_code, :source, :added_by, :now)
on conflict (organisation_id, domain) do nothing;

-- member_domain_remove (organisation_id int, domain text) -> changes
-- It is none of its domains any more.
delete from member_domain where organisation_id = :organisation_id and domain = :domain;

-- member_domain_rows (organisation_id int, at_most int)
--   -> many (domain text, source text, added_at int)
-- The domains of an organisation.
select d.domain, d.source, d.added_at from member_domain d
where d.organisation_id = :organisation_id order by d.domain limit :at_most;

-- member_domain_is_of (organisation_id int, domain text) -> one (domains int)
-- Whether a domain is one of them: 1 or 0.
select count(*) from member_domain d
where d.organisation_id = :organisation_id and d.domain = :domain;

-- ---- what is kept about people: their copy, erasure, retention ----

-- member_invitation_copy (person_id int, email_key text, at_most int)
--   -> many (reference text, invited text, role text, place text, place_code text,
--            invited_at int, state text, ended_at int?)
-- The invitations to a person, and those that they answer for, without who else was invited.
-- scans member_invitation - a person's own copy is asked for rarely
select i.reference, 'you' as invited, i.role, i.area_name as place, i.area as place_code,
       i.invited_at, i.state, i.ended_at
from member_invitation i where i.email_key = :email_key
union all
select i.reference, 'somebody, by you', i.role, i.area_name, i.area, i.invited_at, i.state,
       i.ended_at
from member_invitation i
where i.invited_by = :person_id and :person_id <> 0 and i.email_key <> :email_key
limit :at_most;

-- member_invitation_erase (email_key text, now int) -> changes
-- What a person was invited to ends, and says no more whom.
-- scans member_invitation - erasure is rare
update member_invitation
set email = '', email_key = 'erased-' || cast(id as text),
    state = case when state = 'open' then 'withdrawn' else state end,
    ended_at = coalesce(ended_at, :now)
where email_key = :email_key;

-- member_invitation_retain (before int, at_most int) -> changes
-- The same for invitations that ended before a time. Reads privacy_hold.
-- scans member_invitation - once a night
update member_invitation
set email = '', email_key = 'erased-' || cast(id as text)
where (organisation_id, id) in (
    select i.organisation_id, i.id from member_invitation i
    where i.ended_at < :before and i.email <> ''
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = i.email_key)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = i.invited_by)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = i.area)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = i.reference)
    limit :at_most);

-- member_claim_copy (person_id int, email_key text, at_most int)
--   -> many (reference text, organisation text, organisation_code text, name text, email text,
--            job_title text, about text, role text, made_at int, state text, ended_at int?,
--            reason text)
-- The claims that a person made.
select c.reference, c.organisation_name as organisation, c.organisation_code, c.name, c.email,
       c.job_title, c.about, c.role, c.made_at, c.state, c.ended_at, c.reason
from member_claim c
where c.email_key = :email_key or (c.person_id = :person_id and :person_id <> 0)
order by c.made_at limit :at_most;

-- member_claim_erase (person_id int, email_key text) -> changes
-- They go.
delete from member_claim
where email_key = :email_key or (person_id = :person_id and :person_id <> 0);

-- member_claim_retain (before int, at_most int) -> changes
-- Claims that ended before a time go. Reads privacy_hold.
-- scans member_claim - once a night
delete from member_claim
where (organisation_id, id) in (
    select c.organisation_id, c.id from member_claim c
    where c.ended_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = c.person_id)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = c.email_key)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = c.organisation_code)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = c.reference)
    limit :at_most);

-- member_domain_copy (person_id int, at_most int)
--   -> many (organisation text, domain text, source text, added_at int)
-- The domains that a person named.
select d.organisation_code as organisation, d.domain, d.source, d.added_at from member_domain d
where d.added_by = :person_id and :person_id <> 0 order by d.added_at limit :at_most;
