-- How people sign in beside the mailed code, and what they asked to change about it.

-- A password; who has no row signs in by mailed code.
create table account_password (
    person_id bigint not null primary key references person (id), -- whose it is
    hash      text   not null,                                    -- argon2id with salt and measures
    set_at    bigint not null                                     -- UTC seconds
);

-- A phone that shows one-time codes (RFC 6238).  The secret must be readable to compute them.
create table account_phone (
    person_id bigint not null primary key references person (id), -- whose it is
    secret    text   not null,                                    -- 20 bytes as hexadecimal digits
    added_at  bigint not null,                                    -- UTC seconds
    used_step bigint not null                                     -- the newest code that was used
);

-- Codes to sign in by when the phone is not there.  Used ones stay until new ones are made.
create table account_recovery (
    id        bigint not null primary key,            -- made by the program
    person_id bigint not null references person (id), -- whose it is
    code_hash text   not null unique,                 -- keyed hash
    made_at   bigint not null,                        -- UTC seconds
    used_at   bigint                                  -- UTC seconds; null: can be used
);
create index account_recovery_by_person on account_recovery (person_id);

-- A try at a password or code that was not right, or is not known to be yet.  They go after a day.
create table account_try (
    id  bigint not null primary key, -- made by the program
    key text   not null,             -- hash that stands for an address, a person or a caller
    at  bigint not null              -- UTC seconds
);
create index account_try_by_key on account_try (key, at);
create index account_try_by_time on account_try (at);

-- A move to another address, from the asking to the end of the time in which it can be undone.
create table account_move (
    id         bigint not null primary key,            -- made by the program
    person_id  bigint not null references person (id), -- who moves
    old_email  text   not null,                        -- from where
    new_email  text   not null,                        -- to where
    code_hash  text,                                   -- keyed hash of the code mailed there; null: none was
    asked_at   bigint not null,                        -- UTC seconds
    expires_at bigint not null,                        -- UTC seconds: of the code
    tries      bigint not null default 0,              -- how often a code was typed
    done_at    bigint,                                 -- UTC seconds; null: not done
    undo_hash  text unique,                            -- hash of the token mailed to the old address
    undone_at  bigint                                  -- UTC seconds; null: not undone
);
create index account_move_by_person on account_move (person_id, asked_at, id);
create index account_move_by_time on account_move (asked_at);

-- A phone that was lost together with the recovery codes: after some days it no longer counts.
create table account_loss (
    id        bigint not null primary key,            -- made by the program
    person_id bigint not null references person (id), -- whose phone
    asked_at  bigint not null,                        -- UTC seconds
    due_at    bigint not null,                        -- UTC seconds: when the phone stops counting
    keep_hash text   not null unique,                 -- hash of the token by which it is called off
    ended_at  bigint,                                 -- UTC seconds; null: still waits
    outcome   text   not null default ''              -- kept, removed; '' while it waits
);
create index account_loss_by_person on account_loss (person_id, asked_at, id);

-- Somebody at another service who is a person here.
create table account_link (
    id        bigint not null primary key,            -- made by the program
    person_id bigint not null references person (id), -- who it is here
    provider  text   not null,                        -- code of the provider in the operator's file
    subject   text   not null,                        -- who it is there
    linked_at bigint not null,                        -- UTC seconds
    used_at   bigint not null,                        -- UTC seconds; signed in by it last
    unique (provider, subject)
);
create index account_link_by_person on account_link (person_id);

-- A visit to a provider that has not come back.  Gone when it does, or after some minutes.
create table account_visit (
    state_hash text   not null primary key, -- hash of the state that comes back
    provider   text   not null,             -- code
    browser    text   not null,             -- stands for the browser that went
    nonce      text   not null,             -- must stand in the token
    verifier   text   not null,             -- PKCE's
    goes_to    text   not null,             -- path to go to then; '' for none
    person_id  bigint references person (id), -- who is signed in and links; null: signs in
    expires_at bigint not null              -- UTC seconds
);
create index account_visit_by_time on account_visit (expires_at);

-- What a provider says about itself, as it was fetched last.
create table account_provider (
    code       text   not null primary key, -- of the operator's file
    issuer     text   not null,             -- of whom this was fetched
    discovery  text   not null,             -- JSON
    keys       text   not null,             -- JSON: a set of keys
    fetched_at bigint not null              -- UTC seconds
);
