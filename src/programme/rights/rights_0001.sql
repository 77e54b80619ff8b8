-- What people ask about their data, and when it must be answered.

-- One request, or one complaint.
create table rights_request (
    id              bigint not null primary key, -- made by the program, in order of time
    reference       text   not null unique,      -- RQ-XXXX-XXXX
    kind            text   not null check (kind in ('see', 'correct', 'object', 'restrict', 'erase', 'complaint')), -- what is asked
    state           text   not null check (state in ('unproven', 'open', 'paused', 'closed')), -- where it stands
    person_id       bigint,          -- person.id; null: has no account
    email           text   not null, -- as typed: where the answer goes
    email_key       text   not null, -- the same in small letters
    name            text   not null, -- as typed
    organisation    text   not null, -- code of the one it is about; '' for the programme
    what            text   not null, -- what is asked, as typed; '' for none
    received_at     bigint not null, -- UTC seconds
    received_on     text   not null, -- the day in London
    clock_on        text   not null, -- the day from which the month runs; '' until the address is proven
    due_on          text   not null, -- the last day to answer; '' until the clock runs
    paused_on       text   not null, -- since when the clock stands still; '' while it runs
    paused_days     bigint not null default 0, -- how many days it stood still before
    extended_reason text   not null, -- why two months more are needed; '' when not extended
    acknowledge_on  text   not null, -- a complaint: the last day to acknowledge it; '' for others
    acknowledged_at bigint,          -- UTC seconds; null: not yet
    outcome         text   not null check (outcome in ('', 'done', 'part', 'refused')), -- '' until closed
    reason          text   not null, -- code of why it was refused, or in part; '' for none
    answer          text   not null, -- what we wrote; '' until closed
    closed_at       bigint,          -- UTC seconds; null: it waits
    closed_by       bigint           -- person.id; 0: the program; null: it waits
);
create index rights_request_waiting on rights_request (due_on, id) where closed_at is null;
create index rights_request_due on rights_request (due_on, id);
create index rights_request_newest on rights_request (received_at, id);
create index rights_request_person on rights_request (person_id, id);
create index rights_request_email on rights_request (email_key, id);
create index rights_request_closed on rights_request (closed_at) where closed_at is not null;

-- The links by which an address is proven. Only the hash of the token is kept.
create table rights_link (
    token_hash text   not null primary key, -- hash_token of the token in the link
    request_id bigint not null references rights_request (id) on delete cascade, -- what it is for
    created_at bigint not null, -- UTC seconds
    expires_at bigint not null  -- UTC seconds; of no use from then on
);
create index rights_link_request on rights_link (request_id);
create index rights_link_expires on rights_link (expires_at);
