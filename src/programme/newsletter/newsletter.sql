-- newsletter_secret_get () -> one (secret text)
-- The key of this folder.
select s.secret from newsletter_secret s where s.one = 1;

-- newsletter_secret_add (secret text, now int) -> changes
-- Makes the key, unless there is one.
insert into newsletter_secret (one, secret, made_at) values (1, :secret, :now) on conflict (one) do nothing;

-- ---- asking ----

-- newsletter_ask_mails (email_key text, hour int, day int) -> one (hour_count int, day_count int)
-- How often this address was typed lately.
select cast(coalesce(sum(case when a.asked_at > :hour then 1 else 0 end), 0) as bigint), count(*)
from newsletter_ask a where a.email_key = :email_key and a.asked_at > :day;

-- newsletter_ask_add (id int, reference text, email text, email_key text, topics int, region text,
--   now int, link_hash text, code_hash text) -> changes
-- Somebody asks for the newsletter.
insert into newsletter_ask (id, reference, email, email_key, topics, region, asked_at, link_hash,
                            code_hash, code_tries, tried_by, tried_at)
values (:id, :reference, :email, :email_key, :topics, :region, :now, :link_hash, :code_hash, 0, '', 0)
on conflict do nothing;

-- newsletter_ask_by_reference (reference text)
--   -> one (id int, email text, email_key text, topics int, region text, asked_at int, proven_at int?)
-- What was asked, by the reference of the open page.
select a.id, a.email, a.email_key, a.topics, a.region, a.asked_at, a.proven_at
from newsletter_ask a where a.reference = :reference;

-- newsletter_ask_code (reference text) -> one (thing text, code_hash text, code_tries int, sent_at int)
-- The code that was mailed for an ask (proof.h); none once the address is proven.
select cast(a.id as text), case when a.proven_at is null then a.code_hash else '' end, a.code_tries, a.asked_at
from newsletter_ask a where a.reference = :reference;

-- newsletter_ask_by_link (hash text)
--   -> one (id int, email text, email_key text, topics int, region text, asked_at int, proven_at int?)
-- What was asked, by the mailed link.
select a.id, a.email, a.email_key, a.topics, a.region, a.asked_at, a.proven_at
from newsletter_ask a where a.link_hash = :hash;

-- newsletter_ask_tries (caller text, hour int) -> one (wrong int)
-- How many wrong codes a caller typed lately.
select cast(coalesce(sum(a.code_tries), 0) as bigint) from newsletter_ask a
where a.tried_by = :caller and a.tried_by <> '' and a.tried_at > :hour;

-- newsletter_ask_wrong (reference text, caller text, now int) -> changes
-- A wrong code was typed.
update newsletter_ask set code_tries = code_tries + 1, tried_by = :caller, tried_at = :now
where reference = :reference;

-- newsletter_ask_forget_callers (day int, at_most int) -> changes
-- Who typed a wrong code before that is no longer known.  tried_by > '' is what the index is asked by.
update newsletter_ask set tried_by = ''
where id in (
    select a.id from newsletter_ask a
    where a.tried_by <> '' and a.tried_by > '' and a.tried_at <= :day
    limit :at_most);

-- newsletter_ask_proven (id int, now int) -> changes
-- The address is proven.
update newsletter_ask set proven_at = :now where id = :id and proven_at is null;

-- ---- readers ----

-- newsletter_reader_put (id int, email text, email_key text, topics int, region text, now int, source text, evidence text) -> changes
-- Somebody whose address is proven gets it, or gets what they chose now.
insert into newsletter_reader (id, email, email_key, topics, region, since_at, source, evidence, soft_count)
values (:id, :email, :email_key, :topics, :region, :now, :source, :evidence, 0)
on conflict (email_key) do update set topics = excluded.topics, region = excluded.region, soft_count = 0;

-- newsletter_reader_import (id int, email text, email_key text, topics int, region text, since_at int, evidence text, stop_hash text) -> changes
-- Somebody who agreed elsewhere; no row when the address is known or wants none.
insert into newsletter_reader (id, email, email_key, topics, region, since_at, source, evidence, soft_count)
select :id, :email, :email_key, :topics, :region, :since_at, 'import', :evidence, 0
where not exists (select 1 from newsletter_stop s where s.hash = :stop_hash)
on conflict (email_key) do nothing;

-- newsletter_reader_of (email_key text) -> one (id int, since_at int)
-- Whether this address gets it.
select r.id, r.since_at from newsletter_reader r where r.email_key = :email_key;

-- newsletter_reader_row (id int) -> one (id int, email text, email_key text, topics int, region text, since_at int)
-- One reader.
select r.id, r.email, r.email_key, r.topics, r.region, r.since_at from newsletter_reader r where r.id = :id;

-- newsletter_reader_choose (id int, topics int, region text) -> changes
-- Other topics, another region.
update newsletter_reader set topics = :topics, region = :region where id = :id;

-- newsletter_reader_soft (id int, issue_id int) -> changes
-- An issue could not be delivered this time. One that arrived since the last such issue begins the row anew; another
-- report about the same issue, or one before it, counts for nothing.
update newsletter_reader
set soft_count = case when exists (select 1 from newsletter_issue i
                                   join newsletter_delivery d on d.issue_id = i.id and d.reader_id = :id
                                   where i.id > soft_issue and i.id < :issue_id and d.state = 'sent')
                      then 1 else soft_count + 1 end,
    soft_issue = :issue_id
where id = :id and coalesce(soft_issue, 0) < :issue_id;

-- newsletter_reader_soft_count (id int) -> one (soft_count int)
-- How many issues in a row came back, perhaps to arrive another time.
select r.soft_count from newsletter_reader r where r.id = :id;

-- newsletter_reader_drop (id int) -> changes
-- They leave.
delete from newsletter_reader where id = :id;

-- newsletter_stop_add (hash text, why text, now int) -> changes
-- No newsletter to this address any more.
insert into newsletter_stop (hash, why, made_at) values (:hash, :why, :now) on conflict (hash) do nothing;

-- newsletter_stop_lift (hash text) -> changes
-- They proved their address and asked for it again.
delete from newsletter_stop where hash = :hash;

-- newsletter_stop_find (hash text) -> one (why text)
-- Whether an address wants none.
select s.why from newsletter_stop s where s.hash = :hash;

-- newsletter_reader_count () -> one (readers int)
-- How many get it.
-- scans newsletter_reader - counted for the desk
select count(*) from newsletter_reader r;

-- ---- what is kept about people ----

-- newsletter_reader_copy (email_key text, at_most int) -> many (email text, region text, since_at int, how_we_know text, evidence text)
-- What is kept about a reader.
select r.email, r.region, r.since_at, r.source as how_we_know, r.evidence from newsletter_reader r
where r.email_key = :email_key order by r.id limit :at_most;

-- newsletter_ask_copy (email_key text, at_most int) -> many (reference text, email text, region text, asked_at int, proven_at int?)
-- Asks with an address.
select a.reference, a.email, a.region, a.asked_at, a.proven_at from newsletter_ask a
where a.email_key = :email_key order by a.id limit :at_most;

-- newsletter_ask_erase (email_key text) -> changes
-- Asks with an address go.
delete from newsletter_ask where email_key = :email_key;

-- newsletter_ask_retain (before int, at_most int) -> changes
-- Asks that nobody confirmed in time, and those that were, go.
delete from newsletter_ask where id in (select a.id from newsletter_ask a where a.asked_at < :before
                                        order by a.asked_at limit :at_most);

-- newsletter_written_copy (person_id int, at_most int) -> many (reference text, subject text, made_at int)
-- Versions of issues that a person wrote.
-- scans newsletter_version - a person's own copy is asked for rarely
select i.reference, v.subject, v.made_at from newsletter_version v
join newsletter_issue i on i.id = v.issue_id
where v.made_by = :person_id order by v.made_at limit :at_most;
