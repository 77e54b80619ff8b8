-- People who sign in, what each may do and where, and what was done about it.

-- A person with an account.
create table person (
    id         bigint not null primary key,        -- made by the program
    email      text   not null,                    -- as typed: where mail goes
    email_key  text   not null unique,             -- in small letters: one account an address
    name       text   not null check (name <> ''), -- as people write it
    created_at bigint not null,                    -- UTC seconds
    closed_at  bigint                              -- UTC seconds; signs in no more; null: open
);

-- A role that a person has, from a day to a day.  Ended ones stay.
create table access_grant (
    id         bigint not null primary key,           -- made by the program
    person_id  bigint not null references person (id), -- who has it
    role       text   not null,                       -- a code of policy.c: "regional"
    area       text   not null,                       -- code of a region; '' for everywhere
    from_on    text   not null,                       -- the first day that it counts
    until_on   text,                                  -- the first day that it does not; null: none
    granted_at bigint not null,                       -- UTC seconds
    granted_by bigint references person (id)          -- null: an operator, by command
);
create index access_grant_by_person on access_grant (person_id, id);
create index access_grant_by_granter on access_grant (granted_by);

-- Somebody wants to sign in.  Rows are the same whether the address is known or not, so that
-- neither a page nor its timing tells.  They go after a day.
create table access_code (
    id         bigint not null primary key, -- made by the program
    email_key  text   not null,             -- the address that was typed, in small letters
    browser    text   not null,             -- stands for the browser where it was typed
    address    text   not null,             -- stands for the caller's address, for limits
    goes_to    text   not null,             -- path to go to when signed in; '' for none
    code_hash  text,                        -- keyed hash of the code; null: none was made
    created_at bigint not null,             -- UTC seconds
    expires_at bigint not null,             -- UTC seconds; of no use from then on
    tries      bigint not null default 0,   -- how often a code was typed
    used_at    bigint                       -- UTC seconds; signed in by it; null: not
);
create index access_code_by_browser on access_code (browser, created_at, id);
create index access_code_by_email on access_code (email_key, created_at);
create index access_code_by_address on access_code (address, created_at);
create index access_code_by_time on access_code (created_at);

-- The key of which hashes of codes are made.  One row, shared by all nodes.
create table access_secret (
    id      bigint not null primary key check (id = 1), -- there is one
    secret  text   not null,                            -- 32 random bytes as hexadecimal digits
    made_at bigint not null                             -- UTC seconds
);

-- What was done about access, by whom, to whom.  Rows are added and never changed.
create table access_event (
    id         bigint not null primary key,   -- made by the program, in order of time
    at         bigint not null,               -- UTC seconds
    what       text   not null,               -- "signed_in", "granted": see access.h
    actor_id   bigint references person (id), -- who did it; null: an operator, by command
    person_id  bigint references person (id), -- whom it concerns
    role       text   not null,               -- role that was granted or ended; '' for none
    area       text   not null                -- its area; '' for none
);
create index access_event_by_person on access_event (person_id, id);
create index access_event_by_actor on access_event (actor_id, id);
