-- The key of the hashes of this folder: codes, addresses of who wants no newsletter, links.
create table newsletter_secret (
    one     bigint not null primary key check (one = 1), -- there is one
    secret  text   not null,                             -- 32 bytes, hexadecimal
    made_at bigint not null                              -- UTC seconds
);

-- Somebody asked for the newsletter with an address. It counts for nothing until the address is
-- proven, and goes after 5 days.
create table newsletter_ask (
    id         bigint not null primary key, -- made by the program, time-ordered
    reference  text   not null,             -- NA-XXXX-XXXX: with it the code is typed
    email      text   not null,             -- as typed
    email_key  text   not null,             -- the same in small letters
    topics     bigint not null,             -- a bit a topic, as newsletter.c names them
    region     text   not null,             -- code of a region; '': all of England
    asked_at   bigint not null,             -- UTC seconds
    link_hash  text   not null,             -- of the mailed link
    code_hash  text   not null,             -- keyed hash of the mailed code
    code_tries bigint not null,             -- how often a wrong code was typed
    tried_by   text   not null,             -- hash of the address of whoever typed the last wrong one; ''
    tried_at   bigint not null,             -- UTC seconds; 0: not
    proven_at  bigint                       -- UTC seconds; null: not yet
);
create unique index newsletter_ask_reference on newsletter_ask (reference);
create unique index newsletter_ask_link on newsletter_ask (link_hash);
create index newsletter_ask_email on newsletter_ask (email_key, asked_at);
create index newsletter_ask_tried on newsletter_ask (tried_by, tried_at);
create index newsletter_ask_asked on newsletter_ask (asked_at);

-- Who gets the newsletter: only addresses that were proven, or whose consent was taken over with its
-- evidence. When somebody leaves, the row goes.
create table newsletter_reader (
    id         bigint not null primary key, -- made by the program, time-ordered
    email      text   not null,             -- as typed
    email_key  text   not null,             -- the same in small letters
    topics     bigint not null,             -- a bit a topic
    region     text   not null,             -- code of a region; '': all of England
    since_at   bigint not null,             -- UTC seconds; when they agreed
    source     text   not null check (source in ('page', 'import')), -- how we know that they agreed
    evidence   text   not null,             -- of an import: how they agreed, as the file says; ''
    soft_count bigint not null,             -- issues in a row that could not be delivered for now
    soft_issue bigint                       -- the last of them; null: none
);
create unique index newsletter_reader_email on newsletter_reader (email_key);

-- Addresses that get no newsletter, as keyed hashes: they left, or mail to them comes back.
create table newsletter_stop (
    hash    text   not null primary key, -- of the address in small letters
    why     text   not null check (why in ('left', 'bounced', 'complained', 'erased')), -- why
    made_at bigint not null              -- UTC seconds
);

-- An issue. What it says stands in its versions.
create table newsletter_issue (
    id          bigint not null primary key, -- made by the program, time-ordered
    reference   text   not null,             -- NL-XXXX-XXXX
    state       text   not null check (state in ('draft', 'asked', 'approved', 'sending', 'sent', 'stopped')), -- where it stands
    version     bigint not null,             -- the newest
    made_by     bigint not null,             -- person
    made_at     bigint not null,             -- UTC seconds
    asked_by    bigint,                      -- person who asked for approval; null: nobody
    asked_at    bigint,                      -- UTC seconds
    approved_by bigint,                      -- person; never one who wrote any of it
    approved_at bigint,                      -- UTC seconds
    send_at     bigint not null,             -- UTC seconds; not before; 0: as soon as it is approved
    begun_at    bigint,                      -- UTC seconds; sending began, and it is public
    ended_at    bigint,                      -- UTC seconds; all was sent, or it was stopped
    reached_id  bigint not null              -- newsletter_reader.id up to which recipients were taken
);
create unique index newsletter_issue_reference on newsletter_issue (reference);
create index newsletter_issue_state on newsletter_issue (state, id);
create index newsletter_issue_begun on newsletter_issue (begun_at, id);

-- What an issue says, version after version; none is overwritten.
create table newsletter_version (
    issue_id  bigint not null references newsletter_issue (id), -- of which
    number    bigint not null,             -- 1, 2 ...
    subject   text   not null,             -- of the mail, title of the page
    preview   text   not null,             -- the line that mail programs show beside the subject; ''
    topics    bigint not null,             -- to whom: a bit a topic; 0: all
    region    text   not null,             -- to whom: code of a region; '': everybody
    blocks    text   not null,             -- JSON: [{kind, text} or {kind, title, text, href} ...]
    made_by   bigint not null,             -- person
    made_at   bigint not null,             -- UTC seconds
    primary key (issue_id, number)
);

-- A recipient of an issue: taken once, by this key.
create table newsletter_delivery (
    issue_id      bigint not null references newsletter_issue (id), -- of which
    reader_id     bigint not null,         -- newsletter_reader.id, who may have left since
    state         text   not null check (state in ('hand', 'later', 'sent', 'refused', 'given_up', 'left')), -- hand: being handed over
    batch         bigint not null,         -- with which others it is in hand
    slot          bigint not null,         -- its place among them
    attempts      bigint not null,         -- how often it was handed over or tried
    due_at        bigint not null,         -- UTC seconds; when to try again; and since when it is in hand
    sent_at       bigint,                  -- UTC seconds; the mail server took it
    is_unanswered bigint not null check (is_unanswered in (0, 1)), -- 1: the process died before the answer was seen
    reason        text   not null,         -- why not, without names; ''
    outcome       text   not null check (outcome in ('', 'soft', 'hard', 'left', 'complained')), -- what came back
    outcome_at    bigint,                  -- UTC seconds
    primary key (issue_id, reader_id)
);
create index newsletter_delivery_batch on newsletter_delivery (issue_id, batch, slot) where state = 'hand';
create index newsletter_delivery_later on newsletter_delivery (issue_id, due_at) where state = 'later';
