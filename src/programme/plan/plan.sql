-- ---- plans and their actions ----

-- plan_periods (organisation_id int, pledge_id int) -> many (period int, opened_at int)
-- The plans of a pledge that are begun, the first first.
select period, opened_at from plan
where organisation_id = :organisation_id and pledge_id = :pledge_id
order by period limit 1000;

-- plan_add (organisation_id int, pledge_id int, period int, now int) -> changes
-- Begins a plan; no row when it is there.
insert into plan (organisation_id, pledge_id, period, opened_at)
values (:organisation_id, :pledge_id, :period, :now)
on conflict (organisation_id, pledge_id, period) do nothing;

-- plan_action_add (organisation_id int, pledge_id int, period int, number int, continues int, intention text, baseline text, action text, measure text, target text, lead text, partners text, start_on text, due_on text, now int, state text, rag text, quiet_on text, ask_on text) -> changes
-- One more action; no row when another took its number at the same time.
insert into plan_action (organisation_id, pledge_id, period, number, continues, intention, baseline,
                         action, measure, target, lead, partners, start_on, due_on, promised_on, added_at,
                         state, rag, update_count, is_open, quiet_on, ask_on)
values (:organisation_id, :pledge_id, :period, :number, :continues, :intention, :baseline, :action,
        :measure, :target, :lead, :partners, :start_on, :due_on, :due_on, :now, :state, :rag, 0, 1,
        :quiet_on, :ask_on)
on conflict do nothing;

-- plan_action_follow (organisation_id int, pledge_id int, period int, number int, state text, rag text, due_on text, update_count int, is_open int, quiet_on text, ask_on text) -> changes
-- What follows from the updates of an action.
update plan_action
set state = :state, rag = :rag, due_on = :due_on, update_count = :update_count, is_open = :is_open,
    quiet_on = :quiet_on, ask_on = :ask_on
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
  and number = :number;

-- plan_actions_close (organisation_id int, pledge_id int, period int) -> changes
-- The next plan has begun: nothing waits in this one any more.
update plan_action set is_open = 0
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
  and is_open = 1;

-- plan_actions (organisation_id int, pledge_id int, period int) -> many (number int, continues int, intention text, baseline text, action text, measure text, target text, lead text, partners text, start_on text, due_on text, promised_on text, added_at int, state text, rag text, update_count int)
-- All actions of a plan.
select number, continues, intention, baseline, action, measure, target, lead, partners, start_on,
       due_on, promised_on, added_at, state, rag, update_count
from plan_action
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
order by number limit 1000;

-- plan_updates (organisation_id int, pledge_id int, period int, at_most int) -> many (action int, number int, at int, happened_on text, person_id int, name text?, state text, rag text, reason text, note text, is_public int, corrects int, due_on text, due_reason text)
-- All that was said about the actions of a plan. Reads person.
select u.action, u.number, u.at, u.happened_on, u.person_id, p.name, u.state, u.rag, u.reason,
       u.note, u.is_public, u.corrects, u.due_on, u.due_reason
from plan_update u
left join person p on p.id = u.person_id
where u.organisation_id = :organisation_id and u.pledge_id = :pledge_id and u.period = :period
order by u.action, u.number limit :at_most;

-- plan_update_add (organisation_id int, pledge_id int, period int, action int, number int, now int, happened_on text, person_id int, state text, rag text, reason text, note text, is_public int, corrects int, due_on text, due_reason text) -> changes
-- One more update; no row when another took its number at the same time.
insert into plan_update (organisation_id, pledge_id, period, action, number, at, happened_on,
                         person_id, state, rag, reason, note, is_public, corrects, due_on,
                         due_reason)
values (:organisation_id, :pledge_id, :period, :action, :number, :now, :happened_on, :person_id,
        :state, :rag, :reason, :note, :is_public, :corrects, :due_on, :due_reason)
on conflict do nothing;

-- plan_evidence_rows (organisation_id int, pledge_id int, period int, at_most int) -> many (action int, number int, kind text, text text, upload_id int)
-- What shows that the updates of a plan are true.
select action, number, kind, text, upload_id from plan_evidence
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
order by action, number, position limit :at_most;

-- plan_evidence_add (organisation_id int, pledge_id int, period int, action int, number int, position int, kind text, text text, upload_id int) -> changes
-- One more piece of evidence.
insert into plan_evidence (organisation_id, pledge_id, period, action, number, position, kind, text,
                           upload_id)
values (:organisation_id, :pledge_id, :period, :action, :number, :position, :kind, :text,
        :upload_id);

-- plan_leads (organisation_id int, pledge_id int, period int) -> many (action int, number int, name text, email text, email_key text)
-- Who is reminded of each action, the newest of an action last.
select action, number, name, email, email_key from plan_lead
where organisation_id = :organisation_id and pledge_id = :pledge_id and period = :period
order by action, number limit 5000;

-- plan_lead_add (organisation_id int, pledge_id int, period int, action int, number int, name text, email text, email_key text, now int) -> changes
-- Another one is reminded from now on; no row as above.
insert into plan_lead (organisation_id, pledge_id, period, action, number, name, email, email_key, at)
values (:organisation_id, :pledge_id, :period, :action, :number, :name, :email, :email_key, :now)
on conflict do nothing;

-- ---- who works on them ----

-- plan_members (organisation_id int, pledge_id int) -> many (number int, kind text, name text, email text, email_key text, invited_at int, expires_at int, joined_at int?, last_on text, ended_at int?)
-- Everybody who was asked, in order.
select number, kind, name, email, email_key, invited_at, expires_at, joined_at, last_on, ended_at
from plan_member
where organisation_id = :organisation_id and pledge_id = :pledge_id
order by number limit 1000;

-- plan_member_add (organisation_id int, pledge_id int, number int, kind text, name text, email text, email_key text, token_hash text, invited_by int, now int, expires_at int, last_on text) -> changes
-- Somebody is asked; no row when the same came at the same time.
insert into plan_member (organisation_id, pledge_id, number, kind, name, email, email_key,
                         token_hash, invited_by, invited_at, expires_at, last_on)
values (:organisation_id, :pledge_id, :number, :kind, :name, :email, :email_key, :token_hash,
        :invited_by, :now, :expires_at, :last_on)
on conflict do nothing;

-- plan_member_renew (organisation_id int, pledge_id int, number int, token_hash text, expires_at int, last_on text) -> changes
-- A new link takes the place of the one before.
update plan_member set token_hash = :token_hash, expires_at = :expires_at, last_on = :last_on
where organisation_id = :organisation_id and pledge_id = :pledge_id and number = :number
  and ended_at is null;

-- plan_member_join (organisation_id int, pledge_id int, number int, now int) -> changes
-- They pressed the button.
update plan_member set joined_at = :now
where organisation_id = :organisation_id and pledge_id = :pledge_id and number = :number
  and joined_at is null and ended_at is null;

-- plan_member_stop (organisation_id int, pledge_id int, number int, now int) -> changes
-- Somebody ended it.
update plan_member set ended_at = :now
where organisation_id = :organisation_id and pledge_id = :pledge_id and number = :number
  and kind = 'guest' and ended_at is null;

-- plan_member_by_token (token_hash text) -> one (organisation_id int, pledge_id int, reference text, pledge_name text, number int, kind text, name text, email text, expires_at int, joined_at int?, last_on text, ended_at int?)
-- Who has a link. Reads pledge.
select m.organisation_id, m.pledge_id, p.reference, p.name as pledge_name, m.number, m.kind, m.name, m.email,
       m.expires_at, m.joined_at, m.last_on, m.ended_at
from plan_member m
join pledge p on p.organisation_id = m.organisation_id and p.id = m.pledge_id
where m.token_hash = :token_hash;

-- plan_of_person (person_id int, email_key text, today text, at_most int)
--   -> many (reference text, name text, overdue int)
-- The pledges on whose plan a person may work today, and how many of its actions are overdue. Reads
-- pledge, pledge_revision, pledge_party, access_grant and organisation.
with mine as (
    select m.organisation_id, m.pledge_id from plan_member m
    where m.email_key = :email_key and m.kind = 'guest' and m.joined_at is not null
      and m.ended_at is null and (m.last_on = '' or m.last_on >= :today)
    union
    select r.organisation_id, r.pledge_id from pledge_revision r
    join pledge p on p.organisation_id = r.organisation_id and p.id = r.pledge_id
      and p.revision = r.revision
    where r.leader_key = :email_key
      and not exists (select 1 from pledge_party n
                      where n.organisation_id = r.organisation_id and n.pledge_id = r.pledge_id
                        and n.role = 'leader' and n.confirmed_at is not null)
    union
    select r.organisation_id, r.pledge_id from pledge_revision r
    join pledge p on p.organisation_id = r.organisation_id and p.id = r.pledge_id
      and p.revision = r.revision
    where r.cosigner_key = :email_key
      and not exists (select 1 from pledge_party n
                      where n.organisation_id = r.organisation_id and n.pledge_id = r.pledge_id
                        and n.role = 'cosigner' and n.confirmed_at is not null)
    union
    select y.organisation_id, y.pledge_id from pledge_party y
    where y.email_key = :email_key and y.confirmed_at is not null
      and not exists (select 1 from pledge_party n
                      where n.organisation_id = y.organisation_id and n.pledge_id = y.pledge_id
                        and n.role = y.role and n.number > y.number and n.confirmed_at is not null)
    union
    select p.organisation_id, p.id from access_grant g
    join organisation o on o.code = g.area
    join pledge p on p.holder_id = o.id
    where g.person_id = :person_id and g.role in ('lead', 'union', 'coordinator')
      and g.from_on <= :today and (g.until_on is null or g.until_on > :today))
select p.reference, p.name,
       (select count(*) from plan_action a
        where a.organisation_id = p.organisation_id and a.pledge_id = p.id
          and a.period = p.period and a.is_open = 1 and a.due_on < :today)
from mine
join pledge p on p.organisation_id = mine.organisation_id and p.id = mine.pledge_id
where p.state in ('published', 'under-review', 'renewed')
order by 3 desc, 2 limit :at_most;

-- ---- jobs and the desk ----

-- plan_to_open (state text, since int, with_begun int, after int, at_most int) -> many (reference text, is_begun int, id int)
-- Pledges in one state, moved since a time, whose period has no plan yet; with_begun: all of them.
-- Reads pledge.
select p.reference,
       (select count(*) from plan n where n.organisation_id = p.organisation_id
          and n.pledge_id = p.id and n.period = p.period) as is_begun,
       p.id
from pledge p
where p.state = :state and p.state_at >= :since and p.id > :after
  and (:with_begun = 1
       or not exists (select 1 from plan n
                      where n.organisation_id = p.organisation_id and n.pledge_id = p.id
                        and n.period = p.period))
order by p.id limit :at_most;

-- plan_to_remind (until_on text, from_on text, organisation_id int, pledge_id int, number int, at_most int)
--   -> many (organisation_id int, pledge_id int, period int, number int, reference text, pledge_name text, action text, due_on text, promised_on text, lead_number int, name text, email text)
-- Open actions that are due by a day and have somebody to remind, behind a given one in the order
-- of days. Reads pledge.
select a.organisation_id, a.pledge_id, a.period, a.number, p.reference, p.name as pledge_name,
       a.action, a.due_on, a.promised_on, l.number as lead_number, l.name, l.email
from plan_action a
join pledge p on p.organisation_id = a.organisation_id and p.id = a.pledge_id
join plan_lead l on l.organisation_id = a.organisation_id and l.pledge_id = a.pledge_id
  and l.period = a.period and l.action = a.number
where a.is_open = 1 and a.due_on <= :until_on
  and (a.due_on, a.organisation_id, a.pledge_id, a.number)
      > (:from_on, :organisation_id, :pledge_id, :number)
  and a.period = p.period and p.state in ('published', 'under-review', 'renewed')
  and l.email <> ''
  and not exists (select 1 from plan_lead n
                  where n.organisation_id = l.organisation_id and n.pledge_id = l.pledge_id
                    and n.period = l.period and n.action = l.action and n.number > l.number)
order by a.due_on, a.organisation_id, a.pledge_id, a.number limit :at_most;

-- plan_queue (today text, scope text optional, why text optional) -> page (organisation text, action text, reference text, period int, number int, due_on text, state text, rag text, why text, ask_on text, pledge_id int)
-- Actions that wait for somebody: overdue, or without an update for too long. Reads pledge and
-- organisation_within.
-- sort waiting: a.ask_on, a.pledge_id, a.number
select p.name as organisation, a.action, p.reference, a.period, a.number, a.due_on, a.state, a.rag,
       case when a.due_on < :today then 'overdue' else 'quiet' end as why, a.ask_on,
       a.pledge_id
from plan_action a
join pledge p on p.organisation_id = a.organisation_id and p.id = a.pledge_id
where a.is_open = 1 and a.ask_on <= :today and a.period = p.period
  and p.state in ('published', 'under-review', 'renewed')
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[why: and case when a.due_on < :today then 'overdue' else 'quiet' end = :why ]];

-- plan_waiting (today text, scope text optional) -> one (actions int, oldest_on text?)
-- How many of them, and since which day the oldest waits. Reads pledge and organisation_within.
select count(*), min(a.ask_on)
from plan_action a
join pledge p on p.organisation_id = a.organisation_id and p.id = a.pledge_id
where a.is_open = 1 and a.ask_on <= :today and a.period = p.period
  and p.state in ('published', 'under-review', 'renewed')
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- ---- a person's own data: see plan_privacy.c ----

-- plan_member_copy (email_key text, at_most int)
--   -> many (pledge text, organisation text, organisation_code text, name text, email text, invited_at int, joined_at int?, last_on text, ended_at int?)
-- The plans on which a person was asked to work. Reads pledge.
select p.reference as pledge, p.name as organisation, p.organisation_code, m.name, m.email,
       m.invited_at, m.joined_at, m.last_on, m.ended_at
from plan_member m
join pledge p on p.organisation_id = m.organisation_id and p.id = m.pledge_id
where m.email_key = :email_key
order by m.invited_at limit :at_most;

-- plan_member_erase (email_key text, now int) -> changes
-- Whoever asks to be forgotten does not work on the plans any more.
update plan_member
set name = '', email = '', email_key = '', ended_at = coalesce(ended_at, :now)
where email_key = :email_key;

-- plan_member_retain (before int, at_most int) -> changes
-- The same where the pledge, or their work on it, ended before a time. Reads pledge and
-- privacy_hold.
-- scans pledge - once a night
-- scans plan_member - once a night
-- scans pledge - once a night
update plan_member
set name = '', email = '', email_key = '', ended_at = coalesce(ended_at, :before)
where (organisation_id, pledge_id, number) in (
    select m.organisation_id, m.pledge_id, m.number
    from plan_member m
    join pledge p on p.organisation_id = m.organisation_id and p.id = m.pledge_id
    where m.email <> ''
      and (m.ended_at < :before or (p.is_live = 0 and p.state_at < :before))
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.reference)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.organisation_code)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = m.email_key)
    limit :at_most);

-- plan_lead_copy (email_key text, at_most int)
--   -> many (pledge text, organisation text, organisation_code text, action text, name text, email text, since_at int)
-- The actions of which a person was to be reminded. Reads pledge.
select p.reference as pledge, p.name as organisation, p.organisation_code, a.action, l.name,
       l.email, l.at as since_at
from plan_lead l
join pledge p on p.organisation_id = l.organisation_id and p.id = l.pledge_id
join plan_action a on a.organisation_id = l.organisation_id and a.pledge_id = l.pledge_id
  and a.period = l.period and a.number = l.action
where l.email_key = :email_key
order by l.at limit :at_most;

-- plan_lead_erase (email_key text) -> changes
-- Nobody is reminded in their place.
update plan_lead set name = '', email = '', email_key = '' where email_key = :email_key;

-- plan_lead_retain (before int, at_most int) -> changes
-- The same for pledges that were over before a time. Reads pledge and privacy_hold.
-- scans pledge - once a night
-- scans plan_lead - once a night
update plan_lead set name = '', email = '', email_key = ''
where (organisation_id, pledge_id, period, action, number) in (
    select l.organisation_id, l.pledge_id, l.period, l.action, l.number
    from plan_lead l
    join pledge p on p.organisation_id = l.organisation_id and p.id = l.pledge_id
    where p.is_live = 0 and p.state_at < :before and l.email <> ''
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.reference)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.organisation_code)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = l.email_key)
    limit :at_most);

-- plan_update_copy (person_id int, at_most int)
--   -> many (pledge text, organisation text, organisation_code text, action text, written_at int, happened_on text, state text, rag text, reason text, note text, new_due_on text, due_reason text)
-- What a person wrote about actions. Reads pledge.
select p.reference as pledge, p.name as organisation, p.organisation_code, a.action,
       u.at as written_at, u.happened_on, u.state, u.rag, u.reason, u.note,
       u.due_on as new_due_on, u.due_reason
from plan_update u
join pledge p on p.organisation_id = u.organisation_id and p.id = u.pledge_id
join plan_action a on a.organisation_id = u.organisation_id and a.pledge_id = u.pledge_id
  and a.period = u.period and a.number = u.action
where u.person_id = :person_id and u.person_id <> 0
order by u.at limit :at_most;

-- plan_update_erase (person_id int) -> changes
-- What was written stays, and nobody is named for it.
update plan_update set person_id = 0 where person_id = :person_id and person_id <> 0;
