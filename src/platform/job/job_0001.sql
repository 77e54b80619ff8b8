-- Work to be done later, and reliably.

-- One thing to do.  It is waiting until finished_at or given_up_at is set, and held by a worker
-- while leased_until lies ahead.  Neither key nor payload may hold personal data: they name a row
-- of the capability that put the job.
create table job (
    id           bigint not null primary key, -- made by the program, in order of time
    kind         text   not null,             -- which handler does it: "mail.send"
    key          text   not null,             -- at most one job of a kind and key waits; "" is a key
    payload      text   not null,             -- what the handler needs besides the key
    due_at       bigint not null,             -- UTC seconds; not before
    puts         bigint not null default 1,   -- how often it was put while it waited
    attempts     bigint not null default 0,   -- how often a worker took it
    lease        text,                        -- secret of the worker that holds it
    leased_until bigint,                      -- UTC seconds; after that another may take it
    created_at   bigint not null,             -- UTC seconds of the first put
    finished_at  bigint,                      -- UTC seconds
    given_up_at  bigint,                      -- UTC seconds; it failed as often as its kind allows
    failed_at    bigint,                      -- UTC seconds of the last failure
    failure      text,                        -- its cause, quoted values left out
    check ((lease is null) = (leased_until is null)),
    check (finished_at is null or given_up_at is null)
);

-- One waiting job of a kind and key: putting it again is safe.
create unique index job_waiting_once on job (kind, key)
    where finished_at is null and given_up_at is null;

-- What workers look through.
create index job_waiting_due on job (due_at, id)
    where finished_at is null and given_up_at is null;

-- What the purge looks through.
create index job_finished on job (finished_at) where finished_at is not null;

-- What an operator looks through.
create index job_given_up on job (given_up_at, id) where given_up_at is not null;

-- The last period of each recurring kind whose job was put, whichever node put it.
create table job_period (
    kind      text   not null primary key, -- as job.kind
    period_at bigint not null              -- UTC seconds at which that period began
);
