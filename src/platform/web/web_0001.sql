-- The secret of this service, of which form tokens and cookies are made. One row, made at the first
-- start and shared by all web nodes.
create table web_secret (
    id bigint primary key check (id = 1), -- there is one
    secret text not null,                 -- 32 random bytes as hexadecimal digits
    made_at bigint not null               -- UTC seconds
);

-- Who is signed in, on which browser. The cookie itself is kept nowhere, only its hash.
create table web_session (
    token_hash text primary key,  -- SHA-256 of the cookie's token
    person_id bigint not null,    -- who is signed in
    browser text not null,        -- stands for the browser, also before and after signing in
    began_at bigint not null,     -- UTC seconds
    seen_at bigint not null,      -- UTC seconds; the last time something was sent, give or take 5 minutes
    expires_at bigint not null    -- UTC seconds; signed out then, whatever happens
);
create index web_session_person on web_session (person_id);
create index web_session_expires on web_session (expires_at);
