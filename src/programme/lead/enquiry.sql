-- lead_enquiry_add_row (organisation_id int, id int, reference text, area text, place text, theme text,
--   question text, name text, email text, email_key text, person_id int?, asker_hash text,
--   holder_hash text, now int) -> changes
-- A question, as it was sent.
insert into enquiry (organisation_id, id, reference, area, place, theme, question, name, email,
                     email_key, person_id, asker_hash, holder_hash, holder_name, state, asked_at,
                     due_on)
values (:organisation_id, :id, :reference, :area, :place, :theme, :question, :name, :email,
        :email_key, :person_id, :asker_hash, :holder_hash, '', 'unconfirmed', :now, '');

-- lead_enquiry_row (reference text) -> one (organisation_id int, id int, reference text, area text,
--   place text, theme text, question text, name text, email text, email_key text, person_id int?,
--   holder_id int?, holder_name text, state text, asked_at int, began_at int?, due_on text,
--   reminded int, late_at int?, answered_at int?, closed_at int?)
-- One of them.
select e.organisation_id, e.id, e.reference, e.area, e.place, e.theme, e.question, e.name, e.email,
       e.email_key, e.person_id, e.holder_id, e.holder_name, e.state, e.asked_at, e.began_at,
       e.due_on, e.reminded, e.late_at, e.answered_at, e.closed_at
from enquiry e where e.reference = :reference;

-- lead_enquiry_by_asker (hash text) -> one (reference text)
-- Whose page it is.
select e.reference from enquiry e where e.asker_hash = :hash;

-- lead_enquiry_by_holder_token (hash text) -> one (reference text)
-- Whose answers come to an address.
select e.reference from enquiry e where e.holder_hash = :hash;

-- lead_enquiry_since (email_key text, since int) -> one (enquiries int)
-- How many an address has sent lately.
select count(*) from enquiry e where e.email_key = :email_key and e.asked_at >= :since;

-- lead_enquiry_begin_row (organisation_id int, id int, now int, due_on text) -> changes
-- Its clock begins, first by confirming it, later by writing again.
update enquiry set state = 'open', began_at = coalesce(began_at, :now), due_on = :due_on,
                   reminded = 0, late_at = null, pressed_at = null, closed_at = null
where organisation_id = :organisation_id and id = :id;

-- lead_enquiry_hold_row (organisation_id int, id int, holder_id int?, holder_name text) -> changes
-- Who is to answer.
update enquiry set holder_id = :holder_id, holder_name = :holder_name
where organisation_id = :organisation_id and id = :id;

-- lead_enquiry_answer_row (organisation_id int, id int, now int) -> changes
-- It has an answer.
update enquiry set state = 'answered', answered_at = coalesce(answered_at, :now)
where organisation_id = :organisation_id and id = :id and state in ('open', 'answered');

-- lead_enquiry_close_row (organisation_id int, id int, now int) -> changes
-- Nothing more is to come.
update enquiry set state = 'closed', closed_at = :now
where organisation_id = :organisation_id and id = :id and state in ('open', 'answered');

-- lead_enquiry_remind_row (organisation_id int, id int) -> changes
-- Who holds it was reminded.
update enquiry set reminded = 1
where organisation_id = :organisation_id and id = :id and state = 'open' and reminded = 0;

-- lead_enquiry_late_row (organisation_id int, id int, now int) -> changes
-- It is late, and was passed on to who watches over the area.
update enquiry set late_at = :now, reminded = 1
where organisation_id = :organisation_id and id = :id and state = 'open' and late_at is null;

-- lead_enquiry_press_row (organisation_id int, id int, now int) -> changes
-- It is late for long, and the national leads were told.
update enquiry set pressed_at = :now
where organisation_id = :organisation_id and id = :id and state = 'open' and pressed_at is null;

-- lead_enquiry_due_soon (by_on text, at_most int) -> many (reference text)
-- Open ones that are due by a day, and whose holders were not reminded.
select e.reference from enquiry e
where e.state = 'open' and e.due_on <= :by_on and e.reminded = 0
order by e.due_on limit :at_most;

-- lead_enquiry_overdue (today text, at_most int) -> many (reference text)
-- Open ones that were due before a day, and were not passed on.
select e.reference from enquiry e
where e.state = 'open' and e.due_on < :today and e.late_at is null
order by e.due_on limit :at_most;

-- lead_enquiry_long_late (before_on text, at_most int) -> many (reference text)
-- Open ones that were due before a day, of which the national leads were not told.
select e.reference from enquiry e
where e.state = 'open' and e.due_on < :before_on and e.pressed_at is null
order by e.due_on limit :at_most;

-- lead_enquiry_to_give_up (before_on text, before int, at_most int) -> many (reference text)
-- Open ones that were due before a day, and whose asker has not written again since a time.
select e.reference from enquiry e
where e.state = 'open' and e.due_on < :before_on
  and not exists (select 1 from enquiry_event v
                  where v.organisation_id = e.organisation_id and v.enquiry_id = e.id
                    and v.kind = 'more' and v.at >= :before)
order by e.due_on, e.id limit :at_most;

-- lead_enquiry_to_close (before int, at_most int) -> many (reference text)
-- Answered ones to which neither side wrote again; other mail counts for nothing.
select e.reference from enquiry e
where e.state = 'answered'
  and not exists (select 1 from enquiry_event v
                  where v.organisation_id = e.organisation_id and v.enquiry_id = e.id
                    and v.kind in ('answered', 'more') and v.at >= :before)
order by e.due_on, e.id limit :at_most;

-- lead_enquiry_lost (today text, at_most int) -> many (reference text)
-- Open ones whose holder no role lets answer there any more. Reads, by lead_role and
-- lead_chain, access_grant, organisation and organisation_link.
-- scans access_grant - PostgreSQL may join it whole, as people with a role are few
select e.reference from enquiry e
where e.state = 'open' and e.holder_id is not null
  and not exists (select 1 from lead_role g
      where g.person_id = e.holder_id and g.from_on <= :today and g.until_on > :today
        and (g.area = '' or g.area = e.area or exists (
            select 1 from lead_chain z
            where z.organisation_id = e.organisation_id and z.from_1 <= :today and z.until_1 > :today
              and (z.area_1 = g.area or (z.from_2 <= :today and z.until_2 > :today
                   and (z.area_2 = g.area or (z.from_3 <= :today and z.until_3 > :today
                        and z.area_3 = g.area)))))))
order by e.due_on, e.id limit :at_most;

-- lead_enquiry_event_add (organisation_id int, enquiry_id int, at int, kind text, by_whom text,
--   person_id int?, text text, whole text, sender text, digest text) -> changes
-- What happened.
insert into enquiry_event (organisation_id, enquiry_id, number, at, kind, by_whom, person_id, text,
                           whole, sender, digest)
select :organisation_id, :enquiry_id,
       coalesce((select max(v.number) from enquiry_event v
                 where v.organisation_id = :organisation_id and v.enquiry_id = :enquiry_id), 0) + 1,
       :at, :kind, :by_whom, :person_id, :text, :whole, :sender, :digest;

-- lead_enquiry_event_of_mail (enquiry_id int, digest text) -> one (number int)
-- The same mail, come before.
select v.number from enquiry_event v where v.enquiry_id = :enquiry_id and v.digest = :digest and v.digest <> '';

-- lead_enquiry_events (organisation_id int, enquiry_id int, at_most int)
--   -> many (number int, at int, kind text, by_whom text, text text, whole text, sender text)
-- What happened, in its order.
select v.number, v.at, v.kind, v.by_whom, v.text, v.whole, v.sender from enquiry_event v
where v.organisation_id = :organisation_id and v.enquiry_id = :enquiry_id
order by v.number limit :at_most;

-- lead_enquiry_waits (since int) -> one (answers int, median_secs int?)
-- How many first answers came from a time on, and how long the middle one took; of two in the middle their mean.
with w as (select e.answered_at - e.began_at as secs, count(*) over () as answers,
                  row_number() over (order by e.answered_at - e.began_at) as nth
           from enquiry e
           where e.answered_at is not null and e.answered_at >= :since and e.began_at is not null)
select coalesce(max(w.answers), 0), (min(w.secs) + max(w.secs)) / 2 from w
where w.nth = (w.answers + 1) / 2 or w.nth = (w.answers + 2) / 2;

-- lead_enquiry_list (today text, scope text optional, state text optional, area text optional,
--   late text optional)
--   -> page (reference text, area text, place text, theme text, holder_name text, state text,
--            due_on text, asked_at int, late text?, id int)
-- Questions of a scope, without what they say and who asks. Reads organisation_within.
-- sort due: e.due_on, e.id
-- sort newest: e.id desc
-- scans enquiry - narrowed by state or area in daily work
select e.reference, e.area, e.place, e.theme, e.holder_name, e.state, e.due_on, e.asked_at,
       case when e.state = 'open' and e.due_on < :today then 'late' end as late, e.id
from enquiry e
where e.state <> 'unconfirmed'
[[scope: and (e.area = :scope or e.area in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today))) ]]
[[state: and e.state = :state ]]
[[area: and e.area = :area ]]
[[late: and case when e.state = 'open' and e.due_on < :today then 'late' end = :late ]];

-- lead_enquiry_waiting (today text, scope text optional) -> one (enquiries int, oldest_at int?)
-- Open ones of a scope. Reads organisation_within.
select count(*), min(e.began_at) from enquiry e
where e.state = 'open' and :today <> ''
[[scope: and (e.area = :scope or e.area in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today))) ]];

-- lead_enquiry_late_waiting (today text, scope text optional) -> one (enquiries int, oldest_at int?)
-- Late ones of a scope. Reads organisation_within.
select count(*), min(e.began_at) from enquiry e
where e.state = 'open' and e.due_on < :today
[[scope: and (e.area = :scope or e.area in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today))) ]];

-- ---- a person's own data: see lead_privacy.c ----

-- lead_enquiry_copy (person_id int, email_key text, at_most int)
--   -> many (reference text, area text, place text, question text, name text, email text,
--            state text, asked_at int, answered_at int?)
-- What a person asked.
select e.reference, e.area, e.place, e.question, e.name, e.email, e.state, e.asked_at, e.answered_at
from enquiry e where e.email_key = :email_key and e.email_key <> ''
union all
select e.reference, e.area, e.place, e.question, e.name, e.email, e.state, e.asked_at, e.answered_at
from enquiry e where e.person_id = :person_id and e.email_key <> :email_key
order by 8 limit :at_most;

-- lead_enquiry_erase (person_id int, email_key text, now int) -> changes
-- What a person asked, with all that was written about it.
delete from enquiry
where :now > 0 and id in (
    select e.id from enquiry e where e.email_key = :email_key and e.email_key <> ''
    union select e.id from enquiry e where e.person_id = :person_id);

-- lead_enquiry_retain (before int, at_most int) -> changes
-- What was closed before a time. Reads privacy_hold.
delete from enquiry where id in (
    select e.id from enquiry e
    where e.closed_at is not null and e.closed_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = e.person_id)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = e.reference)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = e.area)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = e.email_key)
    order by e.closed_at limit :at_most);

-- lead_enquiry_drop_unconfirmed (before int, at_most int) -> changes
-- What nobody confirmed.
delete from enquiry where id in (
    select e.id from enquiry e
    where e.state = 'unconfirmed' and e.asked_at < :before order by e.due_on, e.id limit :at_most);

-- lead_enquiry_event_copy (person_id int, email_key text, at_most int)
--   -> many (at int, what text, name text, text text)
-- What a person wrote about questions of others, was given to answer, or mailed without being known.
select v.at, v.kind as what, v.by_whom as name, v.text from enquiry_event v
where v.person_id = :person_id
union all
select v.at, v.kind as what, v.sender as name, v.text from enquiry_event v
where v.sender = :email_key and v.sender <> ''
order by 1 limit :at_most;

-- lead_enquiry_event_erase (person_id int) -> changes
-- Who wrote it is forgotten; the words stay with the question.
update enquiry_event set by_whom = '', person_id = null where person_id = :person_id;

-- lead_enquiry_holder_erase (person_id int) -> changes
-- Who was to answer is forgotten; whoever looks after the area answers what is open.
update enquiry set holder_id = null, holder_name = '' where holder_id = :person_id;

-- lead_enquiry_sender_erase (email_key text) -> changes
-- What somebody mailed without being known goes; that a mail came stays.
update enquiry_event set sender = '', text = '', whole = '' where sender = :email_key and sender <> '';
