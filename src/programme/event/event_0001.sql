-- Something that people can come to, in a room, online or both. Nothing here names a person.
create table event (
    organisation_id bigint not null, -- organisation.id of whose event it is; 0: of the whole programme
    id              bigint not null, -- made by the program, time-ordered
    reference       text   not null, -- EV-XXXX-XXXX
    area            text   not null, -- organisation.code of whose event it is; '' for the whole programme
    area_name       text   not null, -- its name when the event was made; ''
    region          text   not null, -- organisation.code of the region it lies in; '' for everywhere
    state           text   not null check (state in ('draft', 'published', 'cancelled')), -- where it stands
    title           text   not null, -- one line
    summary         text   not null, -- one or two sentences, plain
    text            text   not null, -- Markdown
    stage           text   not null, -- code of a stage of the framework; '' for all
    mode            text   not null check (mode in ('person', 'online', 'both')), -- how one can come
    is_online       bigint not null check (is_online in (0, 1)), -- derived from mode: one can come online
    place           text   not null, -- where the room is; '' online
    access_words    text   not null, -- what the organiser says of steps, loops, signers; ''
    link            text   not null, -- where those who booked join online; never shown to others; ''
    starts_at       bigint not null, -- UTC seconds
    ends_at         bigint not null, -- UTC seconds
    month           text   not null, -- YYYY-MM, London, of the start
    room_seats      bigint not null check (room_seats >= 0), -- seats in the room
    online_seats    bigint not null check (online_seats >= 0), -- seats online
    room_left       bigint not null, -- derived: seats that are neither booked nor on offer
    online_left     bigint not null, -- the same online
    carers_count    bigint not null check (carers_count in (0, 1)), -- 1: a carer takes a seat too
    sequence        bigint not null, -- raised with each change that people are told of (RFC 5545)
    made_at         bigint not null, -- UTC seconds
    changed_at      bigint not null, -- UTC seconds
    cancel_reason   text   not null, -- what people were told; ''
    primary key (organisation_id, id)
);
create unique index event_reference on event (reference);
create index event_public on event (starts_at, id) where state <> 'draft';
create index event_newest on event (starts_at, id);
create index event_ends on event (ends_at, id) where state = 'published';

-- One booking, of one or more people who come together.
create table event_booking (
    organisation_id bigint not null, -- of the event
    event_id        bigint not null, -- event.id
    id              bigint not null, -- made by the program, time-ordered
    reference       text   not null, -- EB-XXXX-XXXX
    state           text   not null check (state in ('unconfirmed', 'booked', 'waiting', 'offered', 'left', 'lapsed')), -- where it stands
    way             text   not null check (way in ('person', 'online')), -- how they come
    people          bigint not null check (people >= 1), -- who come, carers not among them
    carers          bigint not null check (carers >= 0), -- who come to support them
    seats           bigint not null check (seats >= 1), -- that it takes
    turn            bigint not null, -- its place in the order of all of the event that were confirmed; 0 before
    name            text   not null, -- who booked
    email           text   not null, -- of them
    email_key       text   not null, -- the same in small letters
    sent_at         bigint not null, -- UTC seconds
    link_hash       text   not null, -- of the link in its mails
    code_hash       text   not null, -- keyed hash of the code that was mailed; '' for none
    code_tries      bigint not null, -- how often a wrong code was typed
    tried_by        text   not null, -- hash of the address of whoever typed the last wrong one; ''
    tried_at        bigint not null, -- UTC seconds of it; 0
    offered_until   bigint not null, -- UTC seconds when the offer ends; 0: there is none
    told_sequence   bigint not null, -- event.sequence of what they were told last
    week_told       bigint not null check (week_told in (0, 1)), -- 1: reminded a week before, or booked later than that
    day_told        bigint not null check (day_told in (0, 1)), -- the same a day before
    came            bigint,          -- how many came; null: nobody said yet
    code            text,            -- for /verify/CODE, from when it is known that they came
    thanked         bigint not null check (thanked in (0, 1)), -- 1: asked afterwards how it was
    has_answered    bigint not null check (has_answered in (0, 1)), -- 1: said how it was
    primary key (organisation_id, event_id, id),
    foreign key (organisation_id, event_id) references event (organisation_id, id)
);
create unique index event_booking_reference on event_booking (reference);
create unique index event_booking_link on event_booking (link_hash);
create unique index event_booking_code on event_booking (code) where code is not null;
create unique index event_booking_once on event_booking (organisation_id, event_id, email_key)
    where state in ('booked', 'waiting', 'offered');
create index event_booking_line on event_booking (organisation_id, event_id, way, turn);
create index event_booking_untold on event_booking (organisation_id, event_id, told_sequence, id)
    where state in ('booked', 'waiting', 'offered');
create index event_booking_email on event_booking (email_key, sent_at);
create index event_booking_tried on event_booking (tried_by, tried_at) where tried_by <> '';

-- What somebody needs to take part; organisers alone see it, and it goes soon after the event.
create table event_need (
    organisation_id bigint not null, -- of the event
    event_id        bigint not null, -- event.id
    booking_id      bigint not null, -- event_booking.id
    needs           text   not null, -- in their words
    primary key (organisation_id, event_id, booking_id),
    foreign key (organisation_id, event_id, booking_id)
        references event_booking (organisation_id, event_id, id) on delete cascade
);

-- What somebody said of an event afterwards. Nothing leads from here to a person unless they said so.
create table event_feedback (
    organisation_id bigint not null, -- of the event
    event_id        bigint not null, -- event.id
    id              bigint not null, -- by chance, not by time
    stars           bigint not null check (stars between 1 and 5), -- 1 poor to 5 very good
    said            text   not null, -- in their words; ''
    booking_id      bigint,          -- event_booking.id of who put their name to it; null: nobody did
    primary key (organisation_id, event_id, id),
    foreign key (organisation_id, event_id) references event (organisation_id, id)
);
create index event_feedback_named on event_feedback (organisation_id, event_id, booking_id)
    where booking_id is not null;
