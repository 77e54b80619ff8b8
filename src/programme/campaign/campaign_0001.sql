-- Who has not signed, and letters to them.

-- A chase list: organisations that had not signed when it was made, under a name.
create table campaign_list (
    id        bigint not null primary key, -- made by the program, time-ordered
    reference text   not null unique,      -- CH-XXXX-XXXX
    name      text   not null,             -- as whoever made it calls it
    area      text   not null,             -- code of the area of whoever made it; '' for everywhere
    made_at   bigint not null              -- UTC seconds
);
create index campaign_list_by_area on campaign_list (area, id);

-- One organisation on a chase list, perhaps with an address that was typed for it.
create table campaign_entry (
    list_id         bigint not null references campaign_list (id), -- the list
    organisation_id bigint not null, -- organisation.id
    region          text   not null, -- code of its region when the list was made; '' when not known
    contact_name    text   not null, -- of the person at the address; '' for none
    email           text   not null, -- typed for letters; '' for none
    email_key       text   not null, -- the same in small letters
    source          text   not null, -- where the address is from, as it was typed
    typed_at        bigint,          -- UTC seconds; null: no address was typed
    primary key (list_id, organisation_id)
);
create index campaign_entry_by_organisation on campaign_entry (organisation_id);
create index campaign_entry_by_email on campaign_entry (email_key) where email_key <> '';

-- A letter to the organisations of a list, with named fields in its words.
create table campaign_letter (
    id         bigint not null primary key, -- made by the program, time-ordered
    reference  text   not null unique, -- LE-XXXX-XXXX
    list_id    bigint not null references campaign_list (id), -- to whom
    subject    text   not null, -- with fields
    body       text   not null, -- with fields
    state      text   not null check (state in ('draft', 'sending', 'sent', 'cancelled')), -- where it stands
    made_at    bigint not null, -- UTC seconds
    begun_at   bigint,          -- UTC seconds; somebody pressed "send"
    ended_at   bigint           -- UTC seconds; all went out, or somebody stopped it
);
create index campaign_letter_by_list on campaign_letter (list_id, id);

-- Who gets a letter, as it was known when sending began, and when theirs went into the outbox.
create table campaign_recipient (
    letter_id         bigint not null references campaign_letter (id), -- the letter
    number            bigint not null, -- from 1
    organisation_id   bigint not null, -- organisation.id
    organisation_code text   not null, -- its code
    organisation_name text   not null, -- as it was called
    region_name       text   not null, -- '' when not known
    contact_name      text   not null, -- '' once it was erased
    email             text   not null, -- '' once it was erased
    email_key         text   not null, -- the same in small letters
    source            text   not null, -- 'typed', 'lead' or 'signatory'
    days_waiting      bigint,          -- of its pledge; null: none waits
    made_at           bigint not null, -- UTC seconds
    stop_hash         text   unique,   -- hash_token of the token in the link "no more letters"
    sent_at           bigint,          -- UTC seconds; null: not (yet)
    left_out_at       bigint,          -- UTC seconds; the address had asked for no more letters
    primary key (letter_id, number),
    unique (letter_id, organisation_id)
);
create index campaign_recipient_by_organisation on campaign_recipient (organisation_id, sent_at);
create index campaign_recipient_by_email on campaign_recipient (email_key) where email_key <> '';
create index campaign_recipient_by_time on campaign_recipient (sent_at);

-- Addresses that want no more letters. What they are cannot be read from it.
create table campaign_stopped (
    email_hash text   not null primary key, -- hash_keyed of the address in small letters
    at         bigint not null              -- UTC seconds
);

-- The key of those hashes.
create table campaign_secret (
    id     bigint not null primary key check (id = 1), -- one row
    secret text   not null -- hexadecimal
);
