-- The outbox: every message that the service sends, written with its cause.

-- One message to one person.  It waits until one of sent_at, failed_at and cancelled_at is set.
-- What it says goes when it has ended, for it may hold links and codes that are secrets; whom it
-- went to goes some days later (forgotten_at).  What stays says that a message of this kind about
-- this thing was sent, and when.
create table mail (
    id              bigint not null primary key, -- made by the program, in order of time
    key             text   not null unique,      -- the cause: a repeated cause sends once
    kind            text   not null,             -- which message: "pledge_confirm"
    about           text   not null,             -- reference of the thing it is about; "" for none
    to_address      text,                        -- null when forgotten
    to_name         text,                        -- "" when not known; null when forgotten
    subject         text,                        -- null when forgotten
    body            text,                        -- its parts as JSON; null once it has ended
    unsubscribe_url text,                        -- for mail to many; null: none, or it has ended
    message_id      text   not null,             -- of the header, the same at every attempt
    expires_at      bigint,                      -- UTC seconds; of no use after that; null: never
    created_at      bigint not null,             -- UTC seconds
    attempts        bigint not null default 0,   -- how often a delivery began
    tried_at        bigint,                      -- UTC seconds; when the last of them began
    sent_at         bigint,                      -- UTC seconds; a mail server took it
    failed_at       bigint,                      -- UTC seconds; refused, or tried too often
    cancelled_at    bigint,                      -- UTC seconds; no longer wanted, or too late
    reason          text,                        -- of the last failure, or why cancelled: no names
    forgotten_at    bigint                       -- UTC seconds; when address and subject went
);

-- The outbox by state, the newest first.
create index mail_by_state on mail
    ((case when sent_at is not null then 'sent' when failed_at is not null then 'failed'
           when cancelled_at is not null then 'cancelled' else 'waiting' end), id);

-- The messages about one thing.
create index mail_by_about on mail (about, id);

-- The messages of one kind.
create index mail_by_kind on mail (kind, id);

-- What waits.
create index mail_waiting on mail (id)
    where sent_at is null and failed_at is null and cancelled_at is null;

-- What has ended and is still to be forgotten.
create index mail_unforgotten on mail (coalesce(sent_at, failed_at, cancelled_at))
    where forgotten_at is null;
