-- individual_mails (email_key text, hour int, day int) -> one (hour_count int, day_count int)
-- How often this address signed lately, confirmed or not.
select cast(coalesce(sum(case when i.sent_at > :hour then 1 else 0 end), 0) as bigint), count(*)
from individual i
where i.email_key = :email_key and i.email_key <> '' and i.sent_at > :day and i.state <> 'withdrawn';

-- individual_add (id int, reference text, code text, framework text, framework_version text,
--   wording text, now int, email text, email_key text, name text, role text, band text,
--   employer_code text, employer text, statement text, intentions text, intention_names text,
--   shows_name int, shows_role int, shows_band int, shows_employer int, shows_statement int,
--   shows_intentions int, is_listed int, remind_on text?, text text, text_digest text,
--   link_hash text, code_hash text) -> changes
-- One that was sent; no row when its reference or code is taken.
insert into individual (id, reference, code, framework, framework_version, wording, state, sent_at,
                        email, email_key, name, role, band, employer_code, employer, statement,
                        intentions, intention_names, shows_name, shows_role, shows_band,
                        shows_employer, shows_statement, shows_intentions, is_listed, remind_on,
                        text, text_digest, link_hash, code_hash, code_tries, tried_by,
                        tried_at, signed_on, key_id, signature)
values (:id, :reference, :code, :framework, :framework_version, :wording, 'unconfirmed', :now,
        :email, :email_key, :name, :role, :band, :employer_code, :employer, :statement,
        :intentions, :intention_names, :shows_name, :shows_role, :shows_band,
        :shows_employer, :shows_statement, :shows_intentions, :is_listed, :remind_on,
        :text, :text_digest, :link_hash, :code_hash, 0, '', 0, '', '', '')
on conflict do nothing;

-- individual_row (id int) -> one (id int, reference text, code text, framework text,
--   framework_version text, wording text, state text, sent_at int, email text, email_key text,
--   name text, role text, band text, employer_code text, employer text, statement text,
--   intentions text, intention_names text, shows_name int, shows_role int, shows_band int,
--   shows_employer int, shows_statement int, shows_intentions int, remind_on text?,
--   reminded_at int?, text text, text_digest text, confirmed_at int?, signed_on text, key_id text, signature text, withdrawn_at int?,
--   hidden_at int?, hidden_reason text)
-- All of one.
select i.id, i.reference, i.code, i.framework, i.framework_version, i.wording, i.state, i.sent_at,
       i.email, i.email_key, i.name, i.role, i.band, i.employer_code, i.employer, i.statement,
       i.intentions, i.intention_names, i.shows_name, i.shows_role, i.shows_band, i.shows_employer,
       i.shows_statement, i.shows_intentions, i.remind_on, i.reminded_at, i.text,
       i.text_digest, i.confirmed_at, i.signed_on, i.key_id,
       i.signature, i.withdrawn_at, i.hidden_at, i.hidden_reason
from individual i where i.id = :id;

-- individual_by_reference (reference text) -> one (id int)
-- The one with this reference.
select i.id from individual i where i.reference = :reference;

-- individual_by_code (code text) -> one (id int)
-- The one with this code for checking.
select i.id from individual i where i.code = :code;

-- individual_by_link (hash text) -> one (id int)
-- The one that a link opens.
select i.id from individual i where i.link_hash = :hash
union all
select i.id from individual i where i.later_hash = :hash;

-- individual_of_email (email_key text, framework text) -> one (id int, signed_on text)
-- The pledge of this address that counts.
select i.id, i.signed_on from individual i
where i.email_key = :email_key and i.framework = :framework and i.state = 'confirmed';

-- individual_code (reference text) -> one (thing text, code_hash text, code_tries int, sent_at int)
-- The code that was mailed for a pledge (proof.h).
select cast(i.id as text), i.code_hash, i.code_tries, i.sent_at
from individual i where i.reference = :reference;

-- individual_tries_of (caller text, hour int) -> one (wrong int)
-- How many wrong codes a caller typed lately.
select cast(coalesce(sum(i.code_tries), 0) as bigint)
from individual i
where i.tried_by = :caller and i.tried_by <> '' and i.tried_at > :hour;

-- individual_note_wrong (reference text, caller text, now int) -> changes
-- A wrong code was typed.
update individual set code_tries = code_tries + 1, tried_by = :caller, tried_at = :now
where reference = :reference;

-- individual_forget_callers (day int, at_most int) -> changes
-- Who typed a wrong code before that is no longer known.  tried_by > '' is what the index is asked by.
update individual set tried_by = ''
where id in (
    select i.id from individual i
    where i.tried_by <> '' and i.tried_by > '' and i.tried_at <= :day
    limit :at_most);

-- individual_confirm (id int, now int, signed_on text, later_hash text?, key_id text, signature text) -> changes
-- The address is proven: it counts from now on.
update individual
set state = 'confirmed', confirmed_at = :now, signed_on = :signed_on, later_hash = :later_hash,
    key_id = :key_id, signature = :signature
where id = :id and state = 'unconfirmed';

-- individual_set_later (id int, later_hash text) -> changes
-- Another link opens it, besides the first.
update individual set later_hash = :later_hash where id = :id;

-- individual_change (id int, shows_name int, shows_role int, shows_band int, shows_employer int,
--   shows_statement int, shows_intentions int, is_listed int, remind_on text?) -> changes
-- What the public may read, and when to remind; another day brings another reminder.
update individual
set shows_name = :shows_name, shows_role = :shows_role, shows_band = :shows_band,
    shows_employer = :shows_employer, shows_statement = :shows_statement,
    shows_intentions = :shows_intentions, is_listed = :is_listed,
    reminded_at = case when remind_on is not distinct from :remind_on then reminded_at end,
    remind_on = :remind_on
where id = :id and state = 'confirmed';

-- individual_end (id int, now int) -> changes
-- It counts no more, and the public reads nothing of it.
update individual
set state = 'withdrawn', withdrawn_at = :now, is_listed = 0, shows_name = 0, shows_role = 0,
    shows_band = 0, shows_employer = 0, shows_statement = 0, shows_intentions = 0,
    remind_on = null, tried_by = '', code_hash = ''
where id = :id and state = 'confirmed';

-- individual_set_hidden (id int, now int, reason text, later_hash text) -> changes
-- The public reads nothing of it from now on.
update individual
set hidden_at = :now, hidden_reason = :reason, is_listed = 0, later_hash = :later_hash
where id = :id and state = 'confirmed' and hidden_at is null;

-- individual_set_shown (id int, is_listed int, later_hash text) -> changes
-- The public reads again what the person chose.
update individual
set hidden_at = null, hidden_reason = '', is_listed = :is_listed, later_hash = :later_hash
where id = :id and state = 'confirmed' and hidden_at is not null;

-- individual_to_forget (at_most int) -> many (id int)
-- Those that were withdrawn and still say who wrote them, and that nothing holds any more. Reads privacy_hold.
select i.id from individual i
where i.state = 'withdrawn' and i.email_key <> ''
  and not exists (select 1 from privacy_hold h
                  where h.released_at is null and h.email_key = i.email_key)
  and not exists (select 1 from privacy_hold h join person p on p.id = h.person_id
                  where h.released_at is null and p.email_key = i.email_key)
  and not exists (select 1 from privacy_hold h
                  where h.released_at is null and h.code = i.reference)
order by i.withdrawn_at, i.id limit :at_most;

-- individual_forget (id int) -> changes
-- All that the writer of a withdrawn one wrote goes, unless a legal hold stands on it. Reads privacy_hold.
update individual
set email = '', email_key = '', name = '', role = '', band = '', employer_code = '',
    employer = '', statement = '', intentions = '', intention_names = '', text = '',
    hidden_reason = ''
where id = :id and state = 'withdrawn'
  and not exists (select 1 from privacy_hold h
                  where h.released_at is null and h.email_key = individual.email_key)
  and not exists (select 1 from privacy_hold h join person p on p.id = h.person_id
                  where h.released_at is null and p.email_key = individual.email_key)
  and not exists (select 1 from privacy_hold h
                  where h.released_at is null and h.code = individual.reference);

-- individual_due (today text, at_most int) -> many (id int)
-- Those whose day of the reminder has come.
select i.id from individual i
where i.state = 'confirmed' and i.reminded_at is null and i.remind_on <= :today
order by i.remind_on, i.id limit :at_most;

-- individual_reminded (id int, now int, later_hash text) -> changes
-- The reminder goes out, once.
update individual set reminded_at = :now, later_hash = :later_hash
where id = :id and state = 'confirmed' and reminded_at is null;

-- individual_people () -> page (reference text, name text, role text, band text, employer text, statement text, intentions text, signed_on text, confirmed_at int, id int)
-- What people let the public read, and nothing else.
-- sort newest: i.confirmed_at desc, i.id desc
-- sort oldest: i.confirmed_at, i.id
select i.reference,
       case when i.shows_name = 1 then i.name else '' end as name,
       case when i.shows_role = 1 then i.role else '' end as role,
       case when i.shows_band = 1 then i.band else '' end as band,
       case when i.shows_employer = 1 then i.employer else '' end as employer,
       case when i.shows_statement = 1 then i.statement else '' end as statement,
       case when i.shows_intentions = 1 then i.intention_names else '' end as intentions,
       i.signed_on, i.confirmed_at, i.id
from individual i
where i.state = 'confirmed' and i.is_listed = 1;

-- individual_readable (hidden text optional) -> page (reference text, name text, role text, employer text, statement text, signed_on text, hidden text, confirmed_at int, id int)
-- What the public reads, and what it would read had the programme not hidden it.
-- sort newest: i.confirmed_at desc, i.id desc
-- sort oldest: i.confirmed_at, i.id
select i.reference,
       case when i.shows_name = 1 then i.name else '' end as name,
       case when i.shows_role = 1 then i.role else '' end as role,
       case when i.shows_employer = 1 then i.employer else '' end as employer,
       case when i.shows_statement = 1 then i.statement else '' end as statement,
       i.signed_on, case when i.hidden_at is null then 'no' else 'yes' end as hidden,
       i.confirmed_at, i.id
from individual i
where i.state = 'confirmed' and (i.is_listed = 1 or i.hidden_at is not null)
[[hidden: and case when i.hidden_at is null then 'no' else 'yes' end = :hidden ]];

-- individual_count_confirmed (at_most int) -> one (people int)
-- How many count, named or not, no further than at_most.
select count(*) from (select 1 as one from individual i where i.state = 'confirmed' limit :at_most) as c;

-- individual_copy (email_key text, at_most int)
--   -> many (reference text, state text, sent_at int, signed_on text, name text, email text,
--            role text, pay_band text, employer text, statement text, intentions text,
--            name_is_public int, role_is_public int, band_is_public int, employer_is_public int,
--            statement_is_public int, intentions_are_public int, remind_on text?, words_signed text,
--            hidden_at int?, hidden_because text)
-- The pledges of this address.
select i.reference, i.state, i.sent_at, i.signed_on, i.name, i.email, i.role, i.band as pay_band,
       i.employer, i.statement, i.intention_names as intentions, i.shows_name as name_is_public,
       i.shows_role as role_is_public, i.shows_band as band_is_public,
       i.shows_employer as employer_is_public, i.shows_statement as statement_is_public,
       i.shows_intentions as intentions_are_public, i.remind_on, i.text as words_signed,
       i.hidden_at, i.hidden_reason as hidden_because
from individual i
where i.email_key = :email_key and i.email_key <> ''
order by i.sent_at limit :at_most;

-- individual_of_person (email_key text, at_most int) -> many (id int)
-- The pledges of this address that say who wrote them.
select i.id from individual i
where i.email_key = :email_key and i.email_key <> '' and i.state <> 'withdrawn'
order by i.id limit :at_most;

-- individual_remove (id int) -> changes
-- One that never counted goes.
delete from individual where id = :id and state = 'unconfirmed';

-- individual_retain (before int, now int, at_most int) -> changes
-- Those that were sent before a time go, and those that nobody confirmed within 7 days. Reads privacy_hold.
-- scans individual - once a night
delete from individual
where id in (select i.id from individual i
             where (i.sent_at < :before or (i.state = 'unconfirmed' and i.sent_at < :now - 604800))
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.email_key = i.email_key)
               and not exists (select 1 from privacy_hold h join person p on p.id = h.person_id
                               where h.released_at is null and p.email_key = i.email_key)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.code = i.reference)
             limit :at_most);
