-- Keys by which another program acts for an organisation.

-- One key. What it is stands nowhere: only its hash, and its first letters to tell it from others.
create table token (
    id                bigint not null primary key, -- made by the program, time-ordered
    organisation_code text   not null, -- code of the organisation that it acts for
    organisation_name text   not null, -- as it was called when the key was made, for lists
    name              text   not null, -- what people call it
    start             text   not null, -- the first characters of the key
    key_hash          text   not null unique, -- hash_token of the whole
    accesses          text   not null, -- names of what it may, parted by spaces: see token.c
    made_at           bigint not null, -- UTC seconds
    made_by           bigint not null, -- person.id
    request           text   not null unique, -- of the form that made it: sent twice, it makes one
    expires_at        bigint not null, -- UTC seconds; of no use from then on
    ended_at          bigint,          -- UTC seconds; somebody took it back; null: nobody did
    used_at           bigint           -- UTC seconds, give or take an hour; null: never
);
create index token_by_organisation on token (organisation_code, id);
