-- The pledge through the years: who holds it and signs for it now, its yearly reviews, and what an
-- event says besides its kind.

-- organisation.id of who holds it today; another than organisation_id after a succession.
alter table pledge add column holder_id bigint not null default 0;
-- Derived: 0 until signed, then 1, and one more with each renewal.
alter table pledge add column period bigint not null default 0;
-- Derived: YYYY-MM-DD on which the review of this period is due; null until signed.
alter table pledge add column review_on text;
-- Reference of the pledge that it became a part of; '' for none.
alter table pledge add column into_reference text not null default '';
update pledge set holder_id = organisation_id;
update pledge
set period = 1,
    review_on = case when substr(signed_on, 6) = '02-29'
                     then cast(cast(substr(signed_on, 1, 4) as bigint) + 1 as text) || '-02-28'
                     else cast(cast(substr(signed_on, 1, 4) as bigint) + 1 as text)
                          || substr(signed_on, 5) end
where signed_on is not null;
drop index pledge_one_live;
create unique index pledge_one_live on pledge (holder_id) where is_live = 1;
create index pledge_holder on pledge (holder_id, id);
create index pledge_review on pledge (review_on, id) where is_live = 1;

-- Public lines "key=value", each ended by LF; '' for none. See pledge_chain.c.
alter table pledge_event add column detail text not null default '';

-- Who signs for a side in the place of whoever signed first: the newest that is confirmed counts.
create table pledge_party (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    role            text   not null check (role in ('leader', 'cosigner')), -- the side
    number          bigint not null, -- from 1
    name            text   not null, -- never public unless the revision shows that side's name
    title           text   not null, -- job title, or role in the staff side
    email           text   not null, -- never public; '' once it was erased
    email_key       text   not null, -- the same in small letters
    asked_at        bigint not null, -- UTC seconds
    confirmed_at    bigint,          -- UTC seconds; null until the person said yes
    ended_at        bigint,          -- UTC seconds: refused, or another was asked instead
    reason          text   not null, -- why it was handed over; for those who work with it
    primary key (organisation_id, pledge_id, role, number),
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);
create index pledge_party_email on pledge_party (email_key);
