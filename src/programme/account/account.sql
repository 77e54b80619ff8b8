-- account_ways (person_id int)
--   -> one (password_at int?, phone_at int?, recovery_count int, recovery_at int?, loss_due_at int?)
-- How a person can sign in beside the mailed code.
select (select p.set_at from account_password p where p.person_id = :person_id),
       (select f.added_at from account_phone f where f.person_id = :person_id),
       (select count(*) from account_recovery r where r.person_id = :person_id and r.used_at is null),
       (select max(r.made_at) from account_recovery r where r.person_id = :person_id),
       (select max(l.due_at) from account_loss l where l.person_id = :person_id and l.ended_at is null);

-- ---- tries ----

-- account_try_load (key text, since_at int) -> one (count int, last_at int)
-- How many tries there were since a time, and when the last one was.
select count(*), coalesce(max(t.at), 0) from account_try t where t.key = :key and t.at > :since_at;

-- account_try_add (id int, key text, now int) -> changes
-- One try more.
insert into account_try (id, key, at) values (:id, :key, :now);

-- account_try_forget (id int) -> changes
-- It was right.
delete from account_try where id = :id;

-- account_try_clear (key text) -> changes
-- All tries at a person are forgotten.
delete from account_try where key = :key;

-- account_try_purge (before int) -> changes
-- Removes what counts no more.
delete from account_try where at < :before;

-- ---- passwords ----

-- account_password_by_email (email_key text) -> one (person_id int, hash text?)
-- The password of the open account with an address. Reads person.
select p.id, w.hash
from person p left join account_password w on w.person_id = p.id
where p.email_key = :email_key and p.closed_at is null;

-- account_password_by_person (person_id int) -> one (hash text)
-- A person's password.
select w.hash from account_password w where w.person_id = :person_id;

-- account_password_put (person_id int, hash text, now int) -> changes
-- Another password.
insert into account_password (person_id, hash, set_at) values (:person_id, :hash, :now)
on conflict (person_id) do update set hash = :hash, set_at = :now;

-- account_password_drop (person_id int) -> changes
-- No password any more.
delete from account_password where person_id = :person_id;

-- ---- phones ----

-- account_phone_row (person_id int) -> one (secret text, added_at int, used_step int)
-- A person's phone.
select f.secret, f.added_at, f.used_step from account_phone f where f.person_id = :person_id;

-- account_phone_put (person_id int, secret text, now int, used_step int) -> changes
-- Another phone.
insert into account_phone (person_id, secret, added_at, used_step)
values (:person_id, :secret, :now, :used_step)
on conflict (person_id) do update set secret = :secret, added_at = :now, used_step = :used_step;

-- account_phone_use (person_id int, step int) -> changes
-- A code was used: neither it nor an older one is of use any more.
update account_phone set used_step = :step where person_id = :person_id and used_step < :step;

-- account_phone_drop (person_id int) -> changes
-- No phone any more.
delete from account_phone where person_id = :person_id;

-- ---- recovery codes ----

-- account_recovery_add (id int, person_id int, code_hash text, now int) -> changes
-- One code.
insert into account_recovery (id, person_id, code_hash, made_at)
values (:id, :person_id, :code_hash, :now);

-- account_recovery_use (person_id int, code_hash text, now int) -> changes
-- A code was typed; one that was used, or is another's, changes no row.
update account_recovery set used_at = :now
where code_hash = :code_hash and person_id = :person_id and used_at is null;

-- account_recovery_drop (person_id int) -> changes
-- All codes of a person, before new ones are made.
delete from account_recovery where person_id = :person_id;

-- ---- moving to another address ----

-- account_move_add (id int, person_id int, old_email text, new_email text, code_hash text?, now int,
--   expires_at int) -> changes
-- Somebody wants to move.
insert into account_move (id, person_id, old_email, new_email, code_hash, asked_at, expires_at)
values (:id, :person_id, :old_email, :new_email, :code_hash, :now, :expires_at);

-- account_move_count (person_id int, since_at int) -> one (count int)
-- How often a person asked since a time.
select count(*) from account_move m where m.person_id = :person_id and m.asked_at > :since_at;

-- account_move_newest (person_id int)
--   -> one (id int, old_email text, new_email text, code_hash text?, expires_at int, tries int,
--           done_at int?)
-- What a person asked for last.
select m.id, m.old_email, m.new_email, m.code_hash, m.expires_at, m.tries, m.done_at
from account_move m
where m.person_id = :person_id
  and m.id = (select max(n.id) from account_move n where n.person_id = :person_id);

-- account_move_try (id int) -> changes
-- A code was typed.
update account_move set tries = tries + 1 where id = :id;

-- account_move_done (id int, undo_hash text, now int) -> changes
-- The person moved.
update account_move set done_at = :now, undo_hash = :undo_hash where id = :id and done_at is null;

-- account_move_by_undo (undo_hash text)
--   -> one (id int, person_id int, old_email text, new_email text, done_at int, undone_at int?)
-- A move that can be undone by a mailed link.
select m.id, m.person_id, m.old_email, m.new_email, m.done_at, m.undone_at
from account_move m where m.undo_hash = :undo_hash and m.done_at is not null;

-- account_move_undo (person_id int, since_at int, now int) -> changes
-- A move was undone, and with it each that came after it.
update account_move set undone_at = :now
where person_id = :person_id and done_at >= :since_at and undone_at is null;

-- account_move_purge (before int) -> changes
-- Removes what can neither be finished nor undone.
delete from account_move where asked_at < :before;

-- ---- a lost phone ----

-- account_loss_add (id int, person_id int, now int, due_at int, keep_hash text) -> changes
-- Somebody lost a phone and all codes.
insert into account_loss (id, person_id, asked_at, due_at, keep_hash)
values (:id, :person_id, :now, :due_at, :keep_hash);

-- account_loss_waiting (person_id int) -> one (id int, due_at int)
-- The loss that waits.
select l.id, l.due_at from account_loss l
where l.person_id = :person_id and l.ended_at is null
  and l.id = (select max(n.id) from account_loss n where n.person_id = :person_id);

-- account_loss_by_id (id int) -> one (person_id int, due_at int, ended_at int?)
-- One loss.
select l.person_id, l.due_at, l.ended_at from account_loss l where l.id = :id;

-- account_loss_by_keep (keep_hash text) -> one (id int, person_id int, due_at int, ended_at int?)
-- A loss, by the link that was mailed about it.
select l.id, l.person_id, l.due_at, l.ended_at from account_loss l where l.keep_hash = :keep_hash;

-- account_loss_end (person_id int, outcome text, now int) -> changes
-- Whatever waits for a person waits no more.
update account_loss set ended_at = :now, outcome = :outcome
where person_id = :person_id and ended_at is null;

-- account_leads (person_id int, day text, at_most int) -> many (id int, email text, name text)
-- Who leads where a person has a role today, other people. Reads access_grant and person.
select distinct p.id, p.email, p.name
from access_grant g
join access_grant l on l.area = g.area and l.person_id <> g.person_id
  and l.role in ('lead', 'local', 'regional', 'national')
  and l.from_on <= :day and (l.until_on is null or l.until_on > :day)
join person p on p.id = l.person_id and p.closed_at is null
where g.person_id = :person_id and g.from_on <= :day and (g.until_on is null or g.until_on > :day)
order by p.id limit :at_most;

-- ---- other services ----

-- account_link_find (provider text, subject text) -> one (id int, person_id int)
-- Who somebody at a provider is here, while the account is open. Reads person.
select l.id, l.person_id
from account_link l join person p on p.id = l.person_id and p.closed_at is null
where l.provider = :provider and l.subject = :subject;

-- account_link_add (id int, person_id int, provider text, subject text, now int) -> changes
-- Somebody at a provider is this person. Another's subject changes no row.
insert into account_link (id, person_id, provider, subject, linked_at, used_at)
values (:id, :person_id, :provider, :subject, :now, :now)
on conflict (provider, subject) do nothing;

-- account_link_used (id int, now int) -> changes
-- Signed in by it.
update account_link set used_at = :now where id = :id;

-- account_link_rows (person_id int, at_most int)
--   -> many (provider text, linked_at int, used_at int)
-- Where a person can sign in from.
select l.provider, l.linked_at, l.used_at from account_link l
where l.person_id = :person_id order by l.linked_at, l.id limit :at_most;

-- account_link_drop (person_id int, provider text) -> changes
-- No longer from there.
delete from account_link where person_id = :person_id and provider = :provider;

-- account_link_drop_since (person_id int, since_at int) -> changes
-- What was linked since a time.
delete from account_link where person_id = :person_id and linked_at >= :since_at;

-- account_visit_add (state_hash text, provider text, browser text, nonce text, verifier text,
--   goes_to text, person_id int?, expires_at int) -> changes
-- Somebody goes to a provider.
insert into account_visit (state_hash, provider, browser, nonce, verifier, goes_to, person_id,
                           expires_at)
values (:state_hash, :provider, :browser, :nonce, :verifier, :goes_to, :person_id, :expires_at);

-- account_visit_find (state_hash text)
--   -> one (provider text, browser text, nonce text, verifier text, goes_to text, person_id int?,
--           expires_at int)
-- A visit that came back.
select v.provider, v.browser, v.nonce, v.verifier, v.goes_to, v.person_id, v.expires_at
from account_visit v where v.state_hash = :state_hash;

-- account_visit_drop (state_hash text) -> changes
-- It comes back once.
delete from account_visit where state_hash = :state_hash;

-- account_visit_purge (before int) -> changes
-- Who did not come back.
delete from account_visit where expires_at < :before;

-- account_provider_row (code text)
--   -> one (issuer text, discovery text, keys text, fetched_at int)
-- What a provider said about itself.
select p.issuer, p.discovery, p.keys, p.fetched_at from account_provider p where p.code = :code;

-- account_provider_put (code text, issuer text, discovery text, keys text, now int) -> changes
-- What it says now.
insert into account_provider (code, issuer, discovery, keys, fetched_at)
values (:code, :issuer, :discovery, :keys, :now)
on conflict (code) do update
set issuer = :issuer, discovery = :discovery, keys = :keys, fetched_at = :now;

-- ---- what is kept about people: their copy, erasure, retention ----

-- account_password_copy (person_id int, at_most int) -> many (set_at int)
-- That a person has a password, never the password.
select w.set_at from account_password w where w.person_id = :person_id limit :at_most;

-- account_password_retain (before int, at_most int) -> changes
-- Passwords of accounts that were closed before a time go. Reads person and privacy_hold.
-- scans account_password person - once a night
delete from account_password
where person_id in (
    select w.person_id from account_password w join person p on p.id = w.person_id
    where p.closed_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = p.id)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = p.email_key)
    limit :at_most);

-- account_phone_copy (person_id int, at_most int) -> many (added_at int)
-- That a person has a phone, never its secret.
select f.added_at from account_phone f where f.person_id = :person_id limit :at_most;

-- account_phone_retain (before int, at_most int) -> changes
-- Phones of accounts that were closed before a time go. Reads person and privacy_hold.
-- scans account_phone person - once a night
delete from account_phone
where person_id in (
    select f.person_id from account_phone f join person p on p.id = f.person_id
    where p.closed_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = p.id)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = p.email_key)
    limit :at_most);

-- account_recovery_copy (person_id int, at_most int) -> many (made_at int, used_at int?)
-- That a person has recovery codes, never the codes.
select r.made_at, r.used_at from account_recovery r
where r.person_id = :person_id order by r.id limit :at_most;

-- account_recovery_retain (before int, at_most int) -> changes
-- Recovery codes of accounts that were closed before a time go. Reads person and privacy_hold.
-- scans account_recovery person - once a night
delete from account_recovery
where id in (
    select r.id from account_recovery r join person p on p.id = r.person_id
    where p.closed_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = p.id)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = p.email_key)
    limit :at_most);

-- account_link_copy (person_id int, at_most int)
--   -> many (service text, known_there_as text, linked_at int, last_used_at int)
-- The other services that sign a person in.
select l.provider as service, l.subject as known_there_as, l.linked_at, l.used_at as last_used_at
from account_link l where l.person_id = :person_id order by l.linked_at, l.id limit :at_most;

-- account_link_erase (person_id int) -> changes
-- No other service signs the person in.
delete from account_link where person_id = :person_id;

-- account_link_retain (before int, at_most int) -> changes
-- Links of accounts that were closed before a time go. Reads person and privacy_hold.
-- scans account_link person - once a night
delete from account_link
where id in (
    select l.id from account_link l join person p on p.id = l.person_id
    where p.closed_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = p.id)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = p.email_key)
    limit :at_most);

-- account_move_copy (person_id int, at_most int)
--   -> many (from_address text, to_address text, asked_at int, moved_at int?, undone_at int?)
-- The moves of a person to another address, without codes and links.
select m.old_email as from_address, m.new_email as to_address, m.asked_at, m.done_at as moved_at,
       m.undone_at
from account_move m where m.person_id = :person_id order by m.asked_at, m.id limit :at_most;

-- account_move_erase (person_id int, email text, email_key text) -> changes
-- The moves of a person go, and any to their address.
-- scans account_move - erasure is rare, and moves are kept for days
delete from account_move
where person_id = :person_id or new_email = :email or new_email = :email_key;

-- account_loss_copy (person_id int, at_most int)
--   -> many (asked_at int, phone_stops_at int, ended_at int?, outcome text)
-- The phones that a person said they lost.
select l.asked_at, l.due_at as phone_stops_at, l.ended_at, l.outcome from account_loss l
where l.person_id = :person_id order by l.asked_at, l.id limit :at_most;

-- account_loss_erase (person_id int) -> changes
-- They go.
delete from account_loss where person_id = :person_id;

-- account_loss_retain (before int, at_most int) -> changes
-- Those that ended before a time go. Reads person and privacy_hold.
-- scans account_loss - once a night
delete from account_loss
where id in (
    select l.id from account_loss l join person p on p.id = l.person_id
    where l.ended_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = p.id)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = p.email_key)
    limit :at_most);

-- account_visit_copy (person_id int, at_most int) -> many (service text, ends_at int)
-- The visits to another service that have not come back.
-- scans account_visit - a copy is asked for rarely, and visits are kept for a day
select v.provider as service, v.expires_at as ends_at from account_visit v
where v.person_id = :person_id order by v.expires_at limit :at_most;

-- account_visit_erase (person_id int) -> changes
-- They go.
-- scans account_visit - erasure is rare, and visits are kept for a day
delete from account_visit where person_id = :person_id;
