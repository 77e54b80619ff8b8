-- The tables of the sample.
create table pledge (
    id bigint primary key, -- made by the program
    title text not null, -- "what we promise"; it's shown
    region text,
    signed_on text not null
);
create index pledge_region on pledge (region);
create table if not exists pledge_signer (pledge_id bigint not null, name text);
create table pledge_older (id bigint primary key);
alter table pledge_older rename to pledge_kept;
