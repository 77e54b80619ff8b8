-- review_add (organisation_id int, pledge_id int, period int, now int, due_on text, lapses_on text, warn_on text, last_warn_on text) -> changes
-- The review of a period opens.
insert into review (organisation_id, pledge_id, period, opened_at, due_on, lapses_on, warn_on,
                    last_warn_on, warned, extended_reason)
values (:organisation_id, :pledge_id, :period, :now, :due_on, :lapses_on, :warn_on, :last_warn_on,
        0, '');

-- review_of (organisation_id int, pledge_id int, period int) -> one (opened_at int, due_on text, lapses_on text, warned int, extended_at int?, extended_reason text)
-- The review of a period.
select opened_at, due_on, lapses_on, warned, extended_at, extended_reason
from review
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period;

-- review_extend_set (organisation_id int, pledge_id int, period int, now int, lapses_on text, warn_on text, last_warn_on text, reason text) -> changes
-- The programme gives more time, once.
update review
set extended_at = :now, extended_reason = :reason, lapses_on = :lapses_on, warn_on = :warn_on,
    last_warn_on = :last_warn_on, warned = 0
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
  and extended_at is null;

-- review_warned_set (organisation_id int, pledge_id int, period int, warned int) -> changes
-- A mail said that it lapses soon.
update review set warned = :warned
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
  and warned < :warned;

-- review_version_add (organisation_id int, pledge_id int, period int, version int, now int, sent_by int, statement text, changes text, late_reason text, text text, text_digest text) -> changes
-- The words are sent to be signed. Two at once meet at the key: one of them is refused.
insert into review_version (organisation_id, pledge_id, period, version, sent_at, sent_by,
                            statement, changes, late_reason, text, text_digest, declined_role,
                            declined_reason)
values (:organisation_id, :pledge_id, :period, :version, :now, :sent_by, :statement, :changes,
        :late_reason, :text, :text_digest, '', '');

-- review_version_newest (organisation_id int, pledge_id int, period int)
--   -> many (version int, sent_at int, statement text, changes text, late_reason text, text text,
--            text_digest text, declined_at int?, declined_role text, declined_reason text)
-- The version that counts: the newest, or none yet.
select version, sent_at, statement, changes, late_reason, text, text_digest, declined_at,
       declined_role, declined_reason
from review_version
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
order by version desc limit 1;

-- review_versions_before (organisation_id int, pledge_id int, period int, version int, at_most int) -> many (version int, sent_at int, text text, declined_at int?)
-- The versions that are void, the newest first.
select version, sent_at, text, declined_at from review_version
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
  and version < :version
order by version desc limit :at_most;

-- review_version_decline (organisation_id int, pledge_id int, period int, version int, now int, role text, reason text) -> changes
-- One side sends it back.
update review_version
set declined_at = :now, declined_role = :role, declined_reason = :reason
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
  and version = :version and declined_at is null;

-- review_part_add (organisation_id int, pledge_id int, period int, version int, position int, intention text, done text, next text) -> changes
-- The narrative of one intention.
insert into review_part (organisation_id, pledge_id, period, version, position, intention, done, next)
values (:organisation_id, :pledge_id, :period, :version, :position, :intention, :done, :next);

-- review_parts (organisation_id int, pledge_id int, period int, version int, at_most int) -> many (intention text, done text, next text)
-- The narratives of a version.
select intention, done, next from review_part
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
  and version = :version
order by position limit :at_most;

-- review_signature_add (organisation_id int, pledge_id int, period int, version int, role text, now int, office text, name text, email_key text, person_id int) -> changes
-- One side signs.
insert into review_signature (organisation_id, pledge_id, period, version, role, signed_at, office,
                              name, email_key, person_id)
values (:organisation_id, :pledge_id, :period, :version, :role, :now, :office, :name, :email_key,
        :person_id);

-- review_signatures (organisation_id int, pledge_id int, period int, version int) -> many (role text, signed_at int, office text, name text, email_key text, person_id int)
-- Who signed a version.
select role, signed_at, office, name, email_key, person_id from review_signature
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
  and version = :version
order by role desc limit 2;

-- review_periods (organisation_id int, pledge_id int, before int, at_most int) -> many (period int)
-- The periods whose review was opened before a period, the newest first.
select period from review
where organisation_id = :organisation_id and pledge_id = :pledge_id and period < :before
order by period desc limit :at_most;

-- ---- links ----

-- review_link_add (token_hash text, organisation_id int, pledge_id int, period int, version int, role text, holder text, now int, expires_at int) -> changes
-- A new link.
insert into review_link (token_hash, organisation_id, pledge_id, period, version, role, holder,
                         created_at, expires_at)
values (:token_hash, :organisation_id, :pledge_id, :period, :version, :role, :holder, :now,
        :expires_at);

-- review_link_find (token_hash text) -> one (reference text, period int, version int, role text, holder text, expires_at int, ended_at int?)
-- The link behind a token. Reads pledge.
select p.reference, l.period, l.version, l.role, l.holder, l.expires_at, l.ended_at
from review_link l
join pledge p on p.organisation_id = l.organisation_id and p.id = l.pledge_id
where l.token_hash = :token_hash;

-- review_links_end (organisation_id int, pledge_id int, period int, role text, now int) -> changes
-- Earlier links by which that side signs stop.
update review_link set ended_at = :now
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
  and role = :role and version > 0 and ended_at is null;

-- ---- what is being written ----

-- review_draft_set (organisation_id int, pledge_id int, period int, part text, answers text, number int, now int, saved_by int) -> changes
-- One part as it was typed.
insert into review_draft (organisation_id, pledge_id, period, part, answers, number, saved_at,
                          saved_by)
values (:organisation_id, :pledge_id, :period, :part, :answers, :number, :now, :saved_by)
on conflict (organisation_id, pledge_id, period, part)
do update set answers = excluded.answers, number = excluded.number, saved_at = excluded.saved_at,
              saved_by = excluded.saved_by;

-- review_drafts (organisation_id int, pledge_id int, period int, at_most int) -> many (part text, answers text, number int, saved_at int)
-- All that is being written.
select part, answers, number, saved_at from review_draft
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
order by part limit :at_most;

-- review_drafts_drop (organisation_id int, pledge_id int, period int) -> changes
-- The review has ended.
delete from review_draft
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period;

-- review_draft_retain (before int, at_most int) -> changes
-- What was not sent goes with its time, or when its review can no longer be sent. Reads
-- privacy_hold and pledge.
-- scans review_draft - once a night, and few are being written
delete from review_draft
where (organisation_id, pledge_id, period, part) in (
    select d.organisation_id, d.pledge_id, d.period, d.part
    from review_draft d
    join pledge p on p.organisation_id = d.organisation_id and p.id = d.pledge_id
    where (p.state <> 'under-review' or p.period <> d.period)
      and d.saved_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = d.saved_by)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.reference)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.organisation_code)
    limit :at_most);

-- ---- the clock ----

-- review_to_open (day text, at_most int) -> many (reference text)
-- Pledges in force whose review is due by a day. Reads pledge.
select p.reference from pledge p
where p.is_live = 1 and p.review_on <= :day and p.state in ('published', 'renewed')
order by p.review_on, p.id limit :at_most;

-- review_to_move (today text, at_most int) -> many (reference text, period int)
-- Open reviews that lapse, or of which it is to be said that they will soon. Reads pledge.
select p.reference, r.period
from pledge p
join review r on r.organisation_id = p.organisation_id and r.pledge_id = p.id
             and r.period = p.period
where p.state = 'under-review'
  and (r.lapses_on < :today or (r.warn_on <= :today and r.warned < 1)
       or (r.last_warn_on <= :today and r.warned < 2))
order by p.id limit :at_most;

-- ---- the desk ----

-- review_queue (today text, scope text optional, state text optional)
--   -> page (reference text, organisation text, organisation_code text, period int, state text,
--            due_on text, lapses_on text, version int, region text, id int)
-- Open reviews, the first to lapse first. Reads pledge and organisation_within.
-- sort lapses: r.lapses_on, p.id
-- sort newest: r.due_on desc, p.id desc
select p.reference, p.name as organisation, p.organisation_code, r.period,
       case when r.warn_on <= :today then 'lapsing' when r.due_on < :today then 'late'
            else 'open' end as state,
       r.due_on, r.lapses_on,
       (select count(*) from review_version v
        where v.organisation_id = r.organisation_id and v.pledge_id = r.pledge_id
          and v.period = r.period) as version,
       p.region, p.id
from pledge p
join review r on r.organisation_id = p.organisation_id and r.pledge_id = p.id
             and r.period = p.period
where p.state = 'under-review' and :today <> ''
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[state: and case when r.warn_on <= :today then 'lapsing' when r.due_on < :today then 'late'
                  else 'open' end = :state ]];

-- review_waiting (today text, state text, scope text optional) -> one (reviews int, oldest_at int?)
-- How many open reviews are late or lapse soon, and since when the oldest. Reads pledge and
-- organisation_within.
select count(*), min(r.opened_at)
from pledge p
join review r on r.organisation_id = p.organisation_id and r.pledge_id = p.id
             and r.period = p.period
where p.state = 'under-review'
  and case when r.warn_on <= :today then 'lapsing' when r.due_on < :today then 'late'
           else 'open' end = :state
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- ---- at /account ----

-- review_of_person (person_id int, email_key text, day text, at_most int) -> many (reference text, name text)
-- Open reviews of pledges for which a person signs, or whose plans they keep. Reads pledge,
-- pledge_revision, pledge_party, access_grant and organisation.
select p.reference, p.name
from pledge p
where p.state = 'under-review' and p.holder_id in (
    select o.id from access_grant g join organisation o on o.code = g.area
    where g.person_id = :person_id and g.role in ('lead', 'union', 'coordinator')
      and g.from_on <= :day and (g.until_on is null or g.until_on > :day))
union
select p.reference, p.name
from pledge_revision v
join pledge p on p.organisation_id = v.organisation_id and p.id = v.pledge_id
             and p.revision = v.revision
where v.leader_key = :email_key and p.state = 'under-review'
union
select p.reference, p.name
from pledge_revision v
join pledge p on p.organisation_id = v.organisation_id and p.id = v.pledge_id
             and p.revision = v.revision
where v.cosigner_key = :email_key and p.state = 'under-review'
union
select p.reference, p.name
from pledge_party y
join pledge p on p.organisation_id = y.organisation_id and p.id = y.pledge_id
where y.email_key = :email_key and y.confirmed_at is not null and p.state = 'under-review'
order by 2 limit :at_most;

-- ---- a person's own data: see review_privacy.c ----

-- review_sent_copy (person_id int, at_most int)
--   -> many (pledge text, organisation text, organisation_code text, year int, version int,
--            sent_at int, how_the_year_went text)
-- The reviews that a person sent to be signed. Reads pledge.
select p.reference as pledge, p.name as organisation, p.organisation_code, v.period as year,
       v.version, v.sent_at, v.statement as how_the_year_went
from review_version v
join pledge p on p.organisation_id = v.organisation_id and p.id = v.pledge_id
where v.sent_by = :person_id and v.sent_by <> 0
order by v.sent_at limit :at_most;

-- review_signed_copy (person_id int, email_key text, at_most int)
--   -> many (pledge text, organisation text, organisation_code text, year int, signed_at int,
--            signs_as text, name text, job_title text, email text)
-- The reviews that a person signed. Reads pledge.
select p.reference as pledge, p.name as organisation, p.organisation_code, s.period as year,
       s.signed_at, s.role as signs_as, s.name, s.office as job_title, s.email_key as email
from review_signature s
join pledge p on p.organisation_id = s.organisation_id and p.id = s.pledge_id
where s.email_key = :email_key
union
select p.reference, p.name, p.organisation_code, s.period, s.signed_at, s.role, s.name, s.office,
       s.email_key
from review_signature s
join pledge p on p.organisation_id = s.organisation_id and p.id = s.pledge_id
where s.person_id = :person_id and s.person_id <> 0
limit :at_most;

-- review_signed_erase (email_key text) -> changes
-- Name and address of a person go from reviews that have ended: the words name offices alone, and
-- nobody can sign those any more. Reads pledge.
update review_signature set name = '', email_key = ''
where email_key = :email_key
  and not exists (select 1 from pledge p
                  where p.organisation_id = review_signature.organisation_id
                    and p.id = review_signature.pledge_id
                    and p.period = review_signature.period and p.state = 'under-review');

-- review_signed_retain (before int, at_most int) -> changes
-- The same for pledges that were over before a time. Reads privacy_hold and pledge.
-- scans pledge - once a night
-- scans review_signature - once a night
update review_signature set email_key = ''
where (organisation_id, pledge_id, period, version, role) in (
    select s.organisation_id, s.pledge_id, s.period, s.version, s.role
    from pledge p
    join review_signature s on s.organisation_id = p.organisation_id and s.pledge_id = p.id
    where p.is_live = 0 and p.state_at < :before and s.email_key <> ''
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.reference)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.organisation_code)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = s.email_key)
    limit :at_most);

-- review_draft_copy (person_id int, at_most int)
--   -> many (pledge text, organisation text, organisation_code text, year int, part text,
--            saved_at int, answers text)
-- What a person saved last of a review that is being written. Reads pledge.
select p.reference as pledge, p.name as organisation, p.organisation_code, d.period as year, d.part,
       d.saved_at, d.answers
from review_draft d
join pledge p on p.organisation_id = d.organisation_id and p.id = d.pledge_id
where d.saved_by = :person_id and d.saved_by <> 0
order by d.saved_at limit :at_most;

-- review_draft_erase (person_id int) -> changes
-- Who saved it is forgotten; the words are the organisation's.
update review_draft set saved_by = 0 where saved_by = :person_id and saved_by <> 0;

-- review_link_retain (before int, at_most int) -> changes
-- Links go that stopped working before a time. Reads privacy_hold and pledge.
-- scans pledge - once a night
-- scans review_link - once a night
delete from review_link
where token_hash in (
    select l.token_hash from review_link l
    join pledge p on p.organisation_id = l.organisation_id and p.id = l.pledge_id
    where l.expires_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.reference)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.organisation_code)
    limit :at_most);
