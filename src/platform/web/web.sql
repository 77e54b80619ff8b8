-- web_secret_get () -> one (secret text)
-- The secret of this service.
select secret from web_secret where id = 1;

-- web_secret_add (secret text, made_at int) -> changes
-- Keeps a secret unless there is one already.
insert into web_secret (id, secret, made_at)
values (1, :secret, :made_at)
on conflict (id) do nothing;

-- web_session_find (token_hash text) -> one (person_id int, browser text, seen_at int, expires_at int)
-- The session of a cookie.
select person_id, browser, seen_at, expires_at
from web_session
where token_hash = :token_hash;

-- web_session_add (token_hash text, person_id int, browser text, began_at int, expires_at int) -> changes
-- Begins a session.
insert into web_session (token_hash, person_id, browser, began_at, seen_at, expires_at)
values (:token_hash, :person_id, :browser, :began_at, :began_at, :expires_at);

-- web_session_see (token_hash text, seen_at int) -> changes
-- Notes that somebody sent something.
update web_session set seen_at = :seen_at where token_hash = :token_hash;

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
