-- web_secret_get () -> one (secret text)
-- The secret of this service.
select secret from web_secret where id = 1;

-- web_secret_add (secret text, made_at int) -> changes
-- Keeps a secret unless there is one already.
insert into web_secret (id, secret, made_at)
values (1, :secret, :made_at)
on conflict (id) do nothing;

-- web_session_find (token_hash text) -> one (id int, person_id int, browser text, seen_at int,
--   expires_at int, strength int, needs int, proved_at int, idle_secs int)
-- The session of a cookie.
select id, person_id, browser, seen_at, expires_at, strength, needs, proved_at, idle_secs
from web_session
where token_hash = :token_hash;

-- web_session_add (id int, token_hash text, person_id int, browser text, began_at int,
--   expires_at int, strength int, needs int, idle_secs int, device text, network text) -> changes
-- Begins a session.
insert into web_session (id, token_hash, person_id, browser, began_at, seen_at, expires_at,
                         strength, needs, proved_at, idle_secs, device, network)
values (:id, :token_hash, :person_id, :browser, :began_at, :began_at, :expires_at,
        :strength, :needs, :began_at, :idle_secs, :device, :network);

-- web_session_prove (token_hash text, new_hash text, strength int, now int) -> changes
-- Somebody proved again who it is: another cookie, and at least this strength.
update web_session
set token_hash = :new_hash, proved_at = :now,
    strength = case when strength < :strength then :strength else strength end
where token_hash = :token_hash and expires_at > :now;

-- web_session_need (person_id int, needs int) -> changes
-- All sessions of a person need this strength from now on.
update web_session set needs = :needs where person_id = :person_id;

-- web_session_rows (person_id int, now int, at_most int)
--   -> many (id int, began_at int, seen_at int, device text, network text)
-- Where a person is signed in, used last first.
select id, began_at, seen_at, device, network
from web_session where person_id = :person_id and expires_at > :now
order by seen_at desc, id desc limit :at_most;

-- web_session_remove_one (person_id int, id int) -> changes
-- Ends one session of a person, which another of theirs asks for.
delete from web_session where person_id = :person_id and id = :id;

-- web_session_remove_others (person_id int, id int) -> changes
-- Ends all sessions of a person but one.
delete from web_session where person_id = :person_id and id <> :id;

-- web_session_see (token_hash text, seen_at int, network text) -> changes
-- Notes that somebody sent something, and from where.
update web_session set seen_at = :seen_at, network = :network where token_hash = :token_hash;

-- web_session_remove (token_hash text) -> changes
-- Ends one session.
delete from web_session where token_hash = :token_hash;

-- web_session_remove_all (person_id int) -> changes
-- Ends all sessions of a person.
delete from web_session where person_id = :person_id;

-- web_session_purge (now_at int) -> changes
-- Removes what has expired.
delete from web_session where expires_at <= :now_at;

-- web_session_of_person (person_id int, at_most int)
--   -> many (began_at int, last_used_at int, ends_at int)
-- Where a person is signed in, for their own copy.
select began_at, seen_at as last_used_at, expires_at as ends_at from web_session
where person_id = :person_id order by began_at limit :at_most;
