-- ---- who has not signed ----

-- campaign_counts (today text, scope text optional, at_most int)
--   -> many (region text?, kind text, organisations int, missing int)
-- How many organisations there are that can sign, and how many of them have not. Reads organisation,
-- organisation_record, organisation_kind, organisation_link, organisation_within and pledge.
-- scans organisation_record - counts all that can sign
-- scans organisation_kind - a short list
select x.region, x.kind, count(*), sum(x.is_unsigned)
from (select (select g.region from campaign_region g where g.organisation_id = r.organisation_id
          and g.from_on <= :today and (g.to_on = '' or g.to_on >= :today)
        order by g.nearness, g.region limit 1) as region,
             r.kind as kind,
             case when not exists (select 1 from pledge s where s.holder_id = r.organisation_id and s.is_live = 1
                  and s.state <> 'awaiting')
                  then 1 else 0 end as is_unsigned
      from organisation_record r
      join organisation o on o.id = r.organisation_id
      where r.shelf = 'organisation' and r.dropped_by is null
        and r.kind in (select k.code from organisation_kind k where k.is_employer = 1)
        and (r.opened_on = '' or r.opened_on <= :today)
  and (r.closed_on >= :today
       or (r.closed_on = '' and (r.state = 'open' or (r.state = 'planned' and r.opened_on <> ''))))
[[scope: and o.code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
     ) x
group by x.region, x.kind
order by x.region, x.kind limit :at_most;

-- campaign_unsigned (today text, scope text optional, region text optional, board text optional,
--   kind text optional, pledge text optional, chased_from int optional, quiet_from int optional)
--   -> page (code text, name text, kind text, town text, region text?, reference text?, state text,
--            state_at int?, lettered_at int?, sort_key text, organisation_id int)
-- Open organisations that can sign and have not: no pledge, or one that waits or came back. Reads
-- organisation, organisation_record, organisation_kind, organisation_link, organisation_within and pledge.
-- sort name: m.sort_key, m.organisation_id
-- scans organisation_kind - a short list
select m.code, m.name, m.kind, m.town,
       (select g.region from campaign_region g where g.organisation_id = m.organisation_id
          and g.from_on <= :today and (g.to_on = '' or g.to_on >= :today)
        order by g.nearness, g.region limit 1) as region,
       m.reference, m.state, m.state_at,
       (select max(c.sent_at) from campaign_recipient c
        where c.organisation_id = m.organisation_id) as lettered_at,
       m.sort_key, m.organisation_id
from campaign_missing m
where m.from_on <= :today and (m.to_on = '' or m.to_on >= :today)
[[scope: and m.code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[region: and m.code in (select w.code from organisation_within w where w.area = :region
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[board: and m.code in (select w.code from organisation_within w where w.area = :board
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[kind: and m.kind = :kind ]]
[[pledge: and m.state = :pledge ]]
[[chased_from: and exists (select 1 from campaign_recipient c where c.organisation_id = m.organisation_id and c.sent_at >= :chased_from) ]]
[[quiet_from: and not exists (select 1 from campaign_recipient c where c.organisation_id = m.organisation_id and c.sent_at >= :quiet_from) ]];

-- campaign_waiting (today text, today_at int, scope text optional)
--   -> page (reference text, organisation text, organisation_code text, state_at int,
--            reminded_at int?, id int)
-- Pledges that have waited for a signature for more than 14 days (1209600 seconds), without a
-- reminder in these. Reads
-- pledge, organisation_within and audit_event.
-- sort waiting: p.state_at, p.id
select p.reference, p.name as organisation, p.organisation_code, p.state_at,
       (select max(a.at) from audit_event a
        where a.thing = p.reference and a.what = 'pledge.reminded') as reminded_at, p.id
from pledge p
where p.state = 'awaiting' and p.state_at < :today_at - 1209600 and :today <> ''
  and not exists (select 1 from audit_event a
                  where a.thing = p.reference and a.what = 'pledge.reminded' and a.at >= :today_at - 1209600)
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- campaign_waiting_count (today text, today_at int, scope text optional)
--   -> one (pledges int, oldest_at int?)
-- How many these are, and since when the oldest of them. Reads pledge, organisation_within and
-- audit_event.
select count(*), min(p.state_at)
from pledge p
where p.state = 'awaiting' and p.state_at < :today_at - 1209600 and :today <> ''
  and not exists (select 1 from audit_event a
                  where a.thing = p.reference and a.what = 'pledge.reminded' and a.at >= :today_at - 1209600)
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- ---- chase lists ----

-- campaign_list_add (id int, reference text, name text, area text, now int) -> changes
-- A new list, still empty.
insert into campaign_list (id, reference, name, area, made_at)
values (:id, :reference, :name, :area, :now);

-- campaign_entries_add (list_id int, today text, scope text optional, region text optional,
--   board text optional, kind text optional, pledge text optional, chased_from int optional,
--   quiet_from int optional, at_most int) -> changes
-- Puts onto a list who fits today, in the order of names. Reads organisation, organisation_record,
-- organisation_kind, organisation_link, organisation_within and pledge.
-- scans organisation_kind - a short list
insert into campaign_entry (list_id, organisation_id, region, contact_name, email, email_key, source)
select :list_id, m.organisation_id,
       coalesce((select g.region from campaign_region g where g.organisation_id = m.organisation_id
          and g.from_on <= :today and (g.to_on = '' or g.to_on >= :today)
        order by g.nearness, g.region limit 1), ''), '', '', '', ''
from campaign_missing m
where m.from_on <= :today and (m.to_on = '' or m.to_on >= :today)
[[scope: and m.code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[region: and m.code in (select w.code from organisation_within w where w.area = :region
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[board: and m.code in (select w.code from organisation_within w where w.area = :board
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[kind: and m.kind = :kind ]]
[[pledge: and m.state = :pledge ]]
[[chased_from: and exists (select 1 from campaign_recipient c where c.organisation_id = m.organisation_id and c.sent_at >= :chased_from) ]]
[[quiet_from: and not exists (select 1 from campaign_recipient c where c.organisation_id = m.organisation_id and c.sent_at >= :quiet_from) ]]
order by m.sort_key, m.organisation_id limit :at_most;

-- campaign_list_find (reference text, today text, scope text optional)
--   -> one (id int, reference text, name text, area text, made_at int)
-- One list of a scope. Reads organisation_within.
select l.id, l.reference, l.name, l.area, l.made_at from campaign_list l
where l.reference = :reference and :today <> ''
[[scope: and l.area in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- campaign_lists (today text, scope text optional)
--   -> page (reference text, name text, made_at int, organisations int, lettered_at int?, id int)
-- Chase lists. Reads organisation_within.
-- sort newest: l.id desc
select l.reference, l.name, l.made_at,
       (select count(*) from campaign_entry e where e.list_id = l.id) as organisations,
       (select max(t.begun_at) from campaign_letter t where t.list_id = l.id) as lettered_at, l.id
from campaign_list l
where :today <> ''
[[scope: and l.area in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- campaign_contacts (list_id int, today text, at_most int)
--   -> many (organisation_id int, code text, name text, region text, typed_name text,
--            typed_email text, source text, lead_name text?, lead_email text?, pledge text?,
--            state text?, state_at int?, leader_name text?, leader_email text?, has_signed int,
--            lettered_at int?, reminded_at int?)
-- The organisations of a list with whom we know there: the address that was typed, the lead with an
-- account, the leader of a pledge that waits or came back. Reads organisation, organisation_record,
-- access_grant, person, pledge and audit_event.
select e.organisation_id, o.code, r.name, e.region, e.contact_name as typed_name,
       e.email as typed_email, e.source, h.name as lead_name, h.email as lead_email,
       p.reference as pledge, p.state, p.state_at, v.leader_name, v.leader_email,
       case when exists (select 1 from pledge s where s.holder_id = e.organisation_id
                         and s.is_live = 1 and s.state <> 'awaiting') then 1 else 0 end,
       (select max(c.sent_at) from campaign_recipient c
        where c.organisation_id = e.organisation_id) as lettered_at,
       (select max(a.at) from audit_event a
        where a.thing = p.reference and a.what = 'pledge.reminded') as reminded_at
from campaign_entry e
join organisation o on o.id = e.organisation_id
join organisation_record r on r.organisation_id = e.organisation_id and r.dropped_by is null
left join person h on h.id = (
    select min(g.person_id) from access_grant g join person n on n.id = g.person_id
    where g.area = o.code and g.role = 'lead' and n.closed_at is null
      and g.from_on <= :today and (g.until_on is null or g.until_on > :today))
left join pledge p on p.id = (select max(q.id) from pledge q
                              where q.holder_id = e.organisation_id
                                and q.state in ('awaiting', 'returned'))
left join pledge_revision v on v.organisation_id = p.organisation_id and v.pledge_id = p.id
  and v.revision = p.revision
where e.list_id = :list_id
order by r.sort_key, e.organisation_id limit :at_most;

-- campaign_entry_address (list_id int, organisation_id int, contact_name text, email text,
--   email_key text, source text, now int) -> changes
-- An address for letters was typed.
update campaign_entry
set contact_name = :contact_name, email = :email, email_key = :email_key, source = :source,
    typed_at = :now
where list_id = :list_id and organisation_id = :organisation_id;

-- campaign_entry_remove (list_id int, organisation_id int) -> changes
-- Takes an organisation off a list.
delete from campaign_entry where list_id = :list_id and organisation_id = :organisation_id;

-- ---- letters ----

-- campaign_letter_add (id int, reference text, list_id int, subject text, body text, now int) -> changes
-- A letter that is not sent yet.
insert into campaign_letter (id, reference, list_id, subject, body, state, made_at)
values (:id, :reference, :list_id, :subject, :body, 'draft', :now);

-- campaign_letter_change (id int, subject text, body text) -> changes
-- Other words, while nothing was sent.
update campaign_letter set subject = :subject, body = :body where id = :id and state = 'draft';

-- campaign_letter_find (reference text)
--   -> one (id int, reference text, list text, list_id int, subject text, body text, state text,
--           made_at int, begun_at int?, ended_at int?)
-- One letter.
select t.id, t.reference, l.reference as list, t.list_id, t.subject, t.body, t.state, t.made_at,
       t.begun_at, t.ended_at
from campaign_letter t join campaign_list l on l.id = t.list_id
where t.reference = :reference;

-- campaign_letters_of (list_id int, at_most int)
--   -> many (reference text, subject text, state text, made_at int, begun_at int?, sent int)
-- The letters of a list, the newest first.
select t.reference, t.subject, t.state, t.made_at, t.begun_at,
       (select count(c.sent_at) from campaign_recipient c where c.letter_id = t.id) as sent
from campaign_letter t where t.list_id = :list_id
order by t.id desc limit :at_most;

-- campaign_letter_begin (id int, now int) -> changes
-- Sending begins, once.
update campaign_letter set state = 'sending', begun_at = :now where id = :id and state = 'draft';

-- campaign_letter_end (id int, state text, now int) -> changes
-- Sending ended, by itself or because somebody stopped it.
update campaign_letter set state = :state, ended_at = :now where id = :id and state = 'sending';

-- campaign_recipient_add (letter_id int, number int, organisation_id int, organisation_code text,
--   organisation_name text, region_name text, contact_name text, email text, email_key text,
--   source text, days_waiting int?, now int) -> changes
-- Somebody who gets the letter.
insert into campaign_recipient (letter_id, number, organisation_id, organisation_code,
    organisation_name, region_name, contact_name, email, email_key, source, days_waiting, made_at)
values (:letter_id, :number, :organisation_id, :organisation_code, :organisation_name, :region_name,
    :contact_name, :email, :email_key, :source, :days_waiting, :now);

-- campaign_recipients_next (letter_id int, at_most int)
--   -> many (number int, organisation_code text, organisation_name text, region_name text,
--            contact_name text, email text, email_key text, source text, days_waiting int?)
-- Those whose letter has not gone yet, in order.
select c.number, c.organisation_code, c.organisation_name, c.region_name, c.contact_name, c.email,
       c.email_key, c.source, c.days_waiting
from campaign_recipient c
where c.letter_id = :letter_id and c.sent_at is null and c.left_out_at is null
order by c.number limit :at_most;

-- campaign_recipient_sent (letter_id int, number int, stop_hash text, now int) -> changes
-- It went into the outbox.
update campaign_recipient set sent_at = :now, stop_hash = :stop_hash
where letter_id = :letter_id and number = :number and sent_at is null;

-- campaign_recipient_left_out (letter_id int, number int, now int) -> changes
-- The address had asked for no more letters, or was erased.
update campaign_recipient set left_out_at = :now
where letter_id = :letter_id and number = :number and sent_at is null;

-- campaign_progress (letter_id int) -> one (recipients int, sent int, left_out int)
-- How far a letter is.
select count(*), count(c.sent_at), count(c.left_out_at)
from campaign_recipient c where c.letter_id = :letter_id;

-- campaign_recipients (letter_id int, at_most int)
--   -> many (organisation_code text, organisation_name text, contact_name text, email text,
--            source text, sent_at int?, left_out_at int?)
-- Who got it.
select c.organisation_code, c.organisation_name, c.contact_name, c.email, c.source, c.sent_at,
       c.left_out_at
from campaign_recipient c where c.letter_id = :letter_id
order by c.number limit :at_most;

-- ---- no more letters ----

-- campaign_stop_find (stop_hash text) -> one (email_key text, organisation_name text)
-- Whose letter had that link.
select c.email_key, c.organisation_name from campaign_recipient c where c.stop_hash = :stop_hash;

-- campaign_stop_add (email_hash text, now int) -> changes
-- An address wants no more letters.
insert into campaign_stopped (email_hash, at) values (:email_hash, :now)
on conflict (email_hash) do nothing;

-- campaign_stopped_find (email_hash text) -> one (at int)
-- Since when it wants none.
select s.at from campaign_stopped s where s.email_hash = :email_hash;

-- campaign_secret_get () -> one (secret text)
-- The key of the hashes.
select s.secret from campaign_secret s where s.id = 1;

-- campaign_secret_add (secret text) -> changes
-- Makes it, once.
insert into campaign_secret (id, secret) values (1, :secret) on conflict (id) do nothing;

-- ---- what was sent ----

-- campaign_reminders_of (reference text, at_most int) -> many (at int)
-- When reminders to sign a pledge were sent. Reads audit_event.
select a.at from audit_event a
where a.thing = :reference and a.what = 'pledge.reminded' order by a.id desc limit :at_most;

-- campaign_letters_to (organisation_id int, at_most int)
--   -> many (reference text, subject text, sent_at int, contact_name text)
-- Letters that an organisation got, the newest first.
select t.reference, t.subject, c.sent_at, c.contact_name
from campaign_recipient c join campaign_letter t on t.id = c.letter_id
where c.organisation_id = :organisation_id and c.sent_at is not null
order by c.sent_at desc limit :at_most;

-- ---- figures of a quarter ----

-- campaign_figure_sent (today text, scope text optional, from_at int, until_at int) -> one (pledges int)
-- Pledges that were sent for the first time. Reads pledge and organisation_within.
-- scans pledge - figures of a quarter are asked for rarely
select count(*) from pledge p
where p.created_at >= :from_at and p.created_at < :until_at and p.revision > 0 and :today <> ''
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- campaign_figure_signed (today text, scope text optional, first_on text, last_on text, at_most int)
--   -> many (sent_at int, signed_at int?, lettered_at int?)
-- Pledges that everybody had signed in a quarter: when they were sent and signed, and when the
-- organisation had its last letter before. Reads pledge and organisation_within.
-- scans pledge - figures of a quarter are asked for rarely
select x.sent_at, x.signed_at,
       (select max(c.sent_at) from campaign_recipient c
        where c.organisation_id = x.holder_id and c.sent_at <= x.signed_at)
from (select p.created_at as sent_at, p.holder_id as holder_id,
             (select max(e.at) from pledge_event e
              where e.organisation_id = p.organisation_id and e.pledge_id = p.id
                and e.kind in ('leader-signed', 'cosigner-signed')) as signed_at
      from pledge p
      where p.signed_on >= :first_on and p.signed_on <= :last_on and :today <> ''
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
     ) x
order by x.signed_at limit :at_most;

-- campaign_figure_events (today text, scope text optional, from_at int, until_at int, at_most int)
--   -> many (kind text, events int)
-- How often pledges were countersigned and returned. Reads pledge and organisation_within.
-- scans pledge - figures of a quarter are asked for rarely
-- scans pledge_event - figures of a quarter are asked for rarely
select e.kind, count(*)
from pledge_event e
join pledge p on p.organisation_id = e.organisation_id and p.id = e.pledge_id
where e.kind in ('acknowledged', 'returned', 'declined') and e.at >= :from_at and e.at < :until_at
  and :today <> ''
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
group by e.kind order by e.kind limit :at_most;

-- campaign_figure_reminders (today text, scope text optional, from_at int, until_at int)
--   -> one (reminders int)
-- Reminders to sign. Reads pledge, organisation_within and audit_event.
-- scans pledge - figures of a quarter are asked for rarely
select cast(coalesce(sum((select count(*) from audit_event a
                          where a.thing = p.reference and a.what = 'pledge.reminded'
                            and a.at >= :from_at and a.at < :until_at)), 0) as bigint)
from pledge p
where :today <> ''
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- campaign_figure_letters (today text, scope text optional, from_at int, until_at int)
--   -> one (letters int)
-- Letters that went into the outbox. Reads organisation_within.
select count(*) from campaign_recipient c
where c.sent_at >= :from_at and c.sent_at < :until_at and :today <> ''
[[scope: and c.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- ---- a person's own data: see campaign_privacy.c ----

-- campaign_entry_copy (email_key text, at_most int)
--   -> many (organisation text, organisation_code text, name text, email text, source text,
--            typed_at int?)
-- Addresses of a person that were typed for letters. Reads organisation and organisation_record.
select r.name as organisation, o.code as organisation_code, e.contact_name as name, e.email,
       e.source, e.typed_at
from campaign_entry e
join organisation o on o.id = e.organisation_id
join organisation_record r on r.organisation_id = e.organisation_id and r.dropped_by is null
where e.email_key = :email_key and e.email_key <> '' limit :at_most;

-- campaign_entry_erase (email_key text) -> changes
-- They go.
update campaign_entry set contact_name = '', email = '', email_key = '', source = ''
where email_key = :email_key and email_key <> '';

-- campaign_entry_retain (before int, at_most int) -> changes
-- Addresses go that were typed before a time. Reads privacy_hold and organisation.
-- scans campaign_entry - once a night
update campaign_entry
set contact_name = '', email = '', email_key = '', source = '', typed_at = null
where (list_id, organisation_id) in (
    select e.list_id, e.organisation_id
    from campaign_entry e join organisation o on o.id = e.organisation_id
    where e.typed_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = e.email_key)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = o.code)
    limit :at_most);

-- campaign_recipient_copy (email_key text, at_most int)
--   -> many (letter text, subject text, organisation text, organisation_code text, name text,
--            email text, made_at int, sent_at int?)
-- Letters to a person.
select t.reference as letter, t.subject, c.organisation_name as organisation, c.organisation_code,
       c.contact_name as name, c.email, c.made_at, c.sent_at
from campaign_recipient c join campaign_letter t on t.id = c.letter_id
where c.email_key = :email_key and c.email_key <> '' limit :at_most;

-- campaign_recipient_erase (email_key text) -> changes
-- That an organisation got a letter stays, without who read it.
update campaign_recipient set contact_name = '', email = '', email_key = ''
where email_key = :email_key and email_key <> '';

-- campaign_recipient_retain (before int, at_most int) -> changes
-- The same for letters from before a time. Reads privacy_hold.
-- scans campaign_recipient - once a night
update campaign_recipient set contact_name = '', email = '', email_key = ''
where (letter_id, number) in (
    select c.letter_id, c.number from campaign_recipient c
    where c.made_at < :before and c.email_key <> ''
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = c.email_key)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = c.organisation_code)
    limit :at_most);

-- campaign_stopped_copy (pseudonym text, at_most int) -> many (at int)
-- That a person wants no more letters.
select s.at from campaign_stopped s where s.email_hash = :pseudonym limit :at_most;
