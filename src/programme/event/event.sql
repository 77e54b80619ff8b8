-- ---- events ----

-- event_add (organisation_id int, id int, reference text, area text, area_name text, region text,
--   title text, summary text, text text, stage text, mode text, is_online int, place text,
--   access_words text, link text, starts_at int, ends_at int, month text, room_seats int,
--   online_seats int, carers_count int, now int) -> changes
-- One more event, not yet public; none when its reference is taken.
insert into event (organisation_id, id, reference, area, area_name, region, state, title, summary,
    text, stage, mode, is_online, place, access_words, link, starts_at, ends_at, month, room_seats,
    online_seats, room_left, online_left, carers_count, sequence, made_at, changed_at, published_at,
    cancel_reason)
values (:organisation_id, :id, :reference, :area, :area_name, :region, 'draft', :title, :summary,
    :text, :stage, :mode, :is_online, :place, :access_words, :link, :starts_at, :ends_at, :month,
    :room_seats, :online_seats, :room_seats, :online_seats, :carers_count, 0, :now, :now, 0, '')
on conflict (reference) do nothing;

-- event_row (reference text)
--   -> one (organisation_id int, id int, reference text, area text, area_name text, region text,
--     state text, title text, summary text, text text, stage text, mode text, place text,
--     access_words text, link text, starts_at int, ends_at int, room_seats int, online_seats int,
--     room_left int, online_left int, carers_count int, sequence int, changed_at int,
--     published_at int, cancel_reason text)
-- All of one.
select e.organisation_id, e.id, e.reference, e.area, e.area_name, e.region, e.state, e.title,
       e.summary, e.text, e.stage, e.mode, e.place, e.access_words, e.link, e.starts_at, e.ends_at,
       e.room_seats, e.online_seats, e.room_left, e.online_left, e.carers_count, e.sequence,
       e.changed_at, e.published_at, e.cancel_reason
from event e where e.reference = :reference;

-- event_of_booking (organisation_id int, id int) -> one (reference text)
-- The reference of one.
select e.reference from event e where e.organisation_id = :organisation_id and e.id = :id;

-- event_change_row (organisation_id int, id int, title text, summary text, text text, stage text,
--   mode text, is_online int, place text, access_words text, link text, starts_at int, ends_at int,
--   month text, room_seats int, online_seats int, carers_count int, raise int, now int) -> changes
-- Other words, times and numbers; raise: 1 when people are to be told.
update event
set title = :title, summary = :summary, text = :text, stage = :stage, mode = :mode,
    is_online = :is_online, place = :place, access_words = :access_words, link = :link,
    starts_at = :starts_at, ends_at = :ends_at, month = :month, room_seats = :room_seats,
    online_seats = :online_seats, carers_count = :carers_count, sequence = sequence + :raise,
    changed_at = :now
where organisation_id = :organisation_id and id = :id;

-- event_publish_row (organisation_id int, id int, now int) -> changes
-- Everybody can see it.
update event set state = 'published', changed_at = :now, published_at = :now
where organisation_id = :organisation_id and id = :id and state = 'draft';

-- event_cancel_row (organisation_id int, id int, reason text, now int) -> changes
-- It does not take place.
update event set state = 'cancelled', cancel_reason = :reason, sequence = sequence + 1,
    changed_at = :now
where organisation_id = :organisation_id and id = :id and state = 'published';

-- event_set_room_left (organisation_id int, id int, left int) -> changes
-- How many seats are left in the room.
update event set room_left = :left
where organisation_id = :organisation_id and id = :id and room_left <> :left;

-- event_set_online_left (organisation_id int, id int, left int) -> changes
-- How many seats are left online.
update event set online_left = :left
where organisation_id = :organisation_id and id = :id and online_left <> :left;

-- event_list (today_at int, region text optional, stage text optional, online int optional,
--   month text optional)
--   -> page (reference text, title text, summary text, starts_at int, ends_at int, mode text,
--     place text, area_name text, region text, stage text, state text, room_left int,
--     online_left int, sequence int, is_cancelled int, changed_at int, id int)
-- Events that are not over before today, those that were cancelled too. None lasts longer than 33
-- days (event.c, DAYS_LONGEST), so those that began before that are not even looked at.
-- sort soonest: e.starts_at, e.id
-- sort latest: e.starts_at desc, e.id desc
select e.reference, e.title, e.summary, e.starts_at, e.ends_at, e.mode, e.place, e.area_name,
       e.region, e.stage, e.state, e.room_left, e.online_left, e.sequence,
       case when e.state = 'cancelled' then 1 else 0 end as is_cancelled, e.changed_at, e.id
from event e
where e.state <> 'draft' and e.starts_at >= :today_at - 2851200 and e.ends_at >= :today_at
[[region: and e.region in (:region, '') ]]
[[stage: and e.stage in (:stage, '') ]]
[[online: and e.is_online = :online ]]
[[month: and e.month = :month ]];

-- event_open_list (today_at int, at_most int) -> many (reference text, title text, summary text, mode text, starts_at int, ends_at int)
-- Events that can be booked, the soonest first.
select e.reference, e.title, e.summary, e.mode, e.starts_at, e.ends_at
from event e where e.state <> 'draft' and e.state = 'published' and e.starts_at > :today_at
order by e.starts_at, e.id limit :at_most;

-- event_desk (today text, scope text optional, state text optional)
--   -> page (reference text, title text, starts_at int, ends_at int, mode text, area_name text,
--     state text, booked int, waiting int, room_left int, online_left int, id int)
-- Events of a scope, for their organisers. Reads organisation_within.
-- sort latest: e.starts_at desc, e.id desc
-- sort soonest: e.starts_at, e.id
select e.reference, e.title, e.starts_at, e.ends_at, e.mode, e.area_name, e.state,
       (select cast(coalesce(sum(b.seats), 0) as bigint) from event_booking b
        where b.organisation_id = e.organisation_id and b.event_id = e.id and b.state = 'booked') as booked,
       (select cast(coalesce(sum(w.seats), 0) as bigint) from event_booking w
        where w.organisation_id = e.organisation_id and w.event_id = e.id
          and w.state in ('waiting', 'offered')) as waiting,
       e.room_left, e.online_left, e.id
from event e
where :today <> ''
[[scope: and e.area in (select x.code from organisation_within x where x.area = :scope
    and x.from_on <= :today and (x.to_on = '' or x.to_on >= :today)) ]]
[[state: and e.state = :state ]];

-- event_desk_count (today text, scope text optional, now int, until int)
--   -> one (events int, oldest_at int?)
-- Events that ended lately and of which nobody said who came, and drafts. Reads organisation_within.
select count(*), min(e.ends_at)
from event e
where e.state = 'published' and e.ends_at between :until and :now and :today <> ''
  and exists (select 1 from event_booking b where b.organisation_id = e.organisation_id
              and b.event_id = e.id and b.state = 'booked' and b.came is null)
[[scope: and e.area in (select x.code from organisation_within x where x.area = :scope
    and x.from_on <= :today and (x.to_on = '' or x.to_on >= :today)) ]];

-- ---- bookings ----

-- event_mails (email_key text, hour int, day int) -> one (hour_count int, day_count int)
-- How many mails an address had lately about bookings.
select cast(coalesce(sum(case when b.sent_at > :hour then 1 else 0 end), 0) as bigint), count(*)
from event_booking b where b.email_key = :email_key and b.sent_at > :day;

-- event_booking_live (organisation_id int, event_id int, email_key text) -> one (id int)
-- The booking of an address that counts.
select b.id from event_booking b
where b.organisation_id = :organisation_id and b.event_id = :event_id
  and b.email_key = :email_key and b.state in ('booked', 'waiting', 'offered');

-- event_booking_add (organisation_id int, event_id int, id int, reference text, way text, people int,
--   carers int, seats int, name text, email text, email_key text, sent_at int, link_hash text,
--   code_hash text, told_sequence int) -> changes
-- A booking that waits for its address to be proven; none when its reference is taken.
insert into event_booking (organisation_id, event_id, id, reference, state, way, people, carers,
    seats, turn, name, email, email_key, sent_at, link_hash, code_hash, code_tries, tried_by,
    tried_at, offered_until, told_sequence, week_told, day_told, thanked, has_answered)
values (:organisation_id, :event_id, :id, :reference, 'unconfirmed', :way, :people, :carers, :seats,
    0, :name, :email, :email_key, :sent_at, :link_hash, :code_hash, 0, '', 0, 0, :told_sequence, 0,
    0, 0, 0)
on conflict (reference) do nothing;

-- event_need_add (organisation_id int, event_id int, booking_id int, needs text) -> changes
-- What somebody needs.
insert into event_need (organisation_id, event_id, booking_id, needs)
values (:organisation_id, :event_id, :booking_id, :needs);

-- event_need_of (organisation_id int, event_id int, booking_id int) -> one (needs text)
-- What the people of a booking need.
select n.needs from event_need n
where n.organisation_id = :organisation_id and n.event_id = :event_id and n.booking_id = :booking_id;

-- event_booking_row (organisation_id int, event_id int, id int)
--   -> one (organisation_id int, event_id int, id int, reference text, state text, way text,
--     people int, carers int, seats int, turn int, name text, email text, email_key text,
--     sent_at int, code_hash text, code_tries int, offered_until int, told_sequence int, came int?,
--     code text?, has_answered int)
-- All of one.
select b.organisation_id, b.event_id, b.id, b.reference, b.state, b.way, b.people, b.carers, b.seats,
       b.turn, b.name, b.email, b.email_key, b.sent_at, b.code_hash, b.code_tries, b.offered_until,
       b.told_sequence, b.came, b.code, b.has_answered
from event_booking b
where b.organisation_id = :organisation_id and b.event_id = :event_id and b.id = :id;

-- event_booking_by_reference (reference text) -> one (organisation_id int, event_id int, id int)
-- The one with this reference.
select b.organisation_id, b.event_id, b.id from event_booking b where b.reference = :reference;

-- event_booking_by_link (hash text) -> one (organisation_id int, event_id int, id int)
-- The one that a mailed link opens.
select b.organisation_id, b.event_id, b.id from event_booking b where b.link_hash = :hash;

-- event_booking_by_code (code text) -> one (organisation_id int, event_id int, id int)
-- The one whose certificate has this code.
select b.organisation_id, b.event_id, b.id from event_booking b where b.code = :code;

-- event_code (reference text) -> one (thing text, code_hash text, code_tries int, sent_at int)
-- The code that was mailed for a booking (proof.h).
select cast(b.id as text), b.code_hash, b.code_tries, b.sent_at
from event_booking b where b.reference = :reference;

-- event_tries_of (caller text, hour int) -> one (wrong int)
-- How many wrong codes a caller typed lately.
select cast(coalesce(sum(b.code_tries), 0) as bigint) from event_booking b
where b.tried_by = :caller and b.tried_by <> '' and b.tried_at > :hour;

-- event_note_wrong (reference text, caller text, now int) -> changes
-- A wrong code was typed.
update event_booking set code_tries = code_tries + 1, tried_by = :caller, tried_at = :now
where reference = :reference;

-- event_forget_callers (day int, at_most int) -> changes
-- Who typed a wrong code before that is no longer known.  tried_by > '' is what the index is asked by.
update event_booking set tried_by = ''
where (organisation_id, event_id, id) in (
    select b.organisation_id, b.event_id, b.id from event_booking b
    where b.tried_by <> '' and b.tried_by > '' and b.tried_at <= :day
    limit :at_most);

-- event_booking_sums (organisation_id int, event_id int, way text) -> one (booked int, last_turn int)
-- Seats that are booked for one way of coming, and the last turn that was given for any.
select cast(coalesce(sum(case when b.state = 'booked' then b.seats else 0 end), 0) as bigint),
       (select coalesce(max(m.turn), 0) from event_booking m
        where m.organisation_id = :organisation_id and m.event_id = :event_id)
from event_booking b
where b.organisation_id = :organisation_id and b.event_id = :event_id and b.way = :way;

-- event_waiters (organisation_id int, event_id int, way text, at_most int)
--   -> many (id int, seats int, offered_until int, is_stuck int)
-- Those who wait or have an offer, in their order.
select b.id, b.seats, b.offered_until, b.is_stuck from event_booking b
where b.organisation_id = :organisation_id and b.event_id = :event_id and b.way = :way
  and b.state in ('waiting', 'offered')
order by b.turn limit :at_most;

-- event_booking_move (organisation_id int, event_id int, id int, state text, offered_until int)
--   -> changes
-- It stands elsewhere now.
update event_booking set state = :state, offered_until = :offered_until, is_stuck = 0
where organisation_id = :organisation_id and event_id = :event_id and id = :id;

-- event_booking_turn (organisation_id int, event_id int, id int, is_stuck int) -> changes
-- It waits, and knows whether that can be in vain.
update event_booking set is_stuck = :is_stuck
where organisation_id = :organisation_id and event_id = :event_id and id = :id;

-- event_booking_enter (organisation_id int, event_id int, id int, state text, turn int,
--   week_told int, day_told int, told_sequence int) -> changes
-- Its address is proven: it counts from now on. What is over already is not reminded of.
update event_booking
set state = :state, turn = :turn, week_told = :week_told, day_told = :day_told,
    told_sequence = :told_sequence
where organisation_id = :organisation_id and event_id = :event_id and id = :id
  and state = 'unconfirmed';

-- event_booking_resize (organisation_id int, event_id int, id int, people int, carers int, seats int)
--   -> changes
-- Another number of people comes, never more than there are seats.
update event_booking set people = :people, carers = :carers, seats = :seats, is_stuck = 0
where organisation_id = :organisation_id and event_id = :event_id and id = :id;

-- event_bookings_any (organisation_id int, event_id int) -> one (live int)
-- How many bookings count.
select count(*) from event_booking b
where b.organisation_id = :organisation_id and b.event_id = :event_id
  and b.state in ('booked', 'waiting', 'offered');

-- event_of_email (email_key text, at_most int)
--   -> many (event text, title text, starts_at int, event_state text, reference text, state text,
--     is_stuck int)
-- The bookings of an address, newest event first.
select e.reference as event, e.title, e.starts_at, e.state as event_state, b.reference, b.state,
       b.is_stuck
from event_booking b join event e on e.organisation_id = b.organisation_id and e.id = b.event_id
where b.email_key = :email_key and b.email_key <> '' and b.state <> 'unconfirmed'
order by e.starts_at desc, b.id limit :at_most;

-- event_guests (reference text?, today text, scope text optional)
--   -> page (event text, title text, name text, email text, state text, way text, people int,
--     carers int, needs text?, turn int, offered_until int, came int?, booking text, id int)
-- Who has booked an event, with what they need: for its organisers. Reads organisation_within.
-- sort turn: b.turn, b.id
select e.reference as event, e.title, b.name, b.email, b.state, b.way, b.people, b.carers, n.needs,
       b.turn, b.offered_until, b.came, b.reference as booking, b.id
from event e
join event_booking b on b.organisation_id = e.organisation_id and b.event_id = e.id
left join event_need n on n.organisation_id = b.organisation_id and n.event_id = b.event_id
  and n.booking_id = b.id
where e.reference = :reference and b.state in ('booked', 'waiting', 'offered') and :today <> ''
[[scope: and e.area in (select x.code from organisation_within x where x.area = :scope
    and x.from_on <= :today and (x.to_on = '' or x.to_on >= :today)) ]];

-- event_booked (organisation_id int, event_id int, after_turn int, at_most int)
--   -> many (id int, reference text, name text, way text, people int, carers int, came int?, turn int)
-- Who has a place, in the order in which they booked.
select b.id, b.reference, b.name, b.way, b.people, b.carers, b.came, b.turn
from event_booking b
where b.organisation_id = :organisation_id and b.event_id = :event_id and b.way in ('person', 'online')
  and b.state = 'booked' and b.turn > :after_turn
order by b.turn, b.id limit :at_most;

-- event_came (organisation_id int, event_id int, id int, came int?, code text?) -> changes
-- How many of a booking came; it keeps the code that it has.
update event_booking set came = :came, code = case when :came > 0 then coalesce(code, :code) end
where organisation_id = :organisation_id and event_id = :event_id and id = :id and state = 'booked';

-- event_count_in (organisation_id int, event_id int)
--   -> one (booked int, waiting int, offered int, came int, said int)
-- People of an event: who have a place, wait, have an offer, came; bookings of which somebody said
-- whether they came.
select cast(coalesce(sum(case when b.state = 'booked' then b.seats else 0 end), 0) as bigint),
       cast(coalesce(sum(case when b.state = 'waiting' then b.seats else 0 end), 0) as bigint),
       cast(coalesce(sum(case when b.state = 'offered' then b.seats else 0 end), 0) as bigint),
       cast(coalesce(sum(b.came), 0) as bigint),
       cast(coalesce(sum(case when b.came is not null then 1 else 0 end), 0) as bigint)
from event_booking b
where b.organisation_id = :organisation_id and b.event_id = :event_id;

-- ---- telling people ----

-- event_untold (organisation_id int, event_id int, sequence int, at_most int) -> many (id int)
-- Bookings that count and whose people do not know the last change.
select b.id from event_booking b
where b.organisation_id = :organisation_id and b.event_id = :event_id
  and b.told_sequence < :sequence and b.state in ('booked', 'waiting', 'offered')
order by b.told_sequence, b.id limit :at_most;

-- event_told (organisation_id int, event_id int, id int, sequence int) -> changes
-- They are told.
update event_booking set told_sequence = :sequence
where organisation_id = :organisation_id and event_id = :event_id and id = :id
  and told_sequence < :sequence;

-- event_forget_reminders (organisation_id int, event_id int, week_told int, day_told int) -> changes
-- The time is another one: people are reminded anew. What is over already is not reminded of.
update event_booking set week_told = :week_told, day_told = :day_told
where organisation_id = :organisation_id and event_id = :event_id and state <> 'unconfirmed';

-- event_to_remind (now int, week int, day int, at_most int)
--   -> many (organisation_id int, event_id int, id int, is_day int)
-- Bookings of events that begin within a week, or within a day, and are not reminded of it yet.
select b.organisation_id, b.event_id, b.id,
       case when e.starts_at <= :now + :day then 1 else 0 end
from event e join event_booking b on b.organisation_id = e.organisation_id and b.event_id = e.id
where e.state <> 'draft' and e.state = 'published' and e.starts_at > :now
  and e.starts_at <= :now + :week and b.state = 'booked'
  and ((e.starts_at <= :now + :day and b.day_told = 0)
       or (e.starts_at > :now + :day and b.week_told = 0))
order by e.starts_at, b.id limit :at_most;

-- event_reminded (organisation_id int, event_id int, id int, is_day int) -> changes
-- The reminder goes out; that of the day stands for that of the week too.
update event_booking set week_told = 1, day_told = case when :is_day = 1 then 1 else day_told end
where organisation_id = :organisation_id and event_id = :event_id and id = :id;

-- event_to_thank (now int, since int, at_most int)
--   -> many (organisation_id int, event_id int, id int)
-- Bookings of events that are over and who are not asked yet how it was.
select b.organisation_id, b.event_id, b.id
from event e join event_booking b on b.organisation_id = e.organisation_id and b.event_id = e.id
where e.state = 'published' and e.ends_at > :since and e.ends_at <= :now and b.state = 'booked'
  and b.thanked = 0 and coalesce(b.came, 1) > 0
order by e.ends_at, b.id limit :at_most;

-- event_thanked (organisation_id int, event_id int, id int) -> changes
-- They are asked.
update event_booking set thanked = 1
where organisation_id = :organisation_id and event_id = :event_id and id = :id and thanked = 0;

-- ---- how it was ----

-- event_answered (organisation_id int, event_id int, id int) -> changes
-- Its people said how it was, once.
update event_booking set has_answered = 1
where organisation_id = :organisation_id and event_id = :event_id and id = :id and has_answered = 0;

-- event_feedback_add (organisation_id int, event_id int, id int, stars int, said text, booking_id int?)
--   -> changes
-- What they said.
insert into event_feedback (organisation_id, event_id, id, stars, said, booking_id)
values (:organisation_id, :event_id, :id, :stars, :said, :booking_id);

-- event_feedback_sum (organisation_id int, event_id int)
--   -> one (answers int, one int, two int, three int, four int, five int)
-- How many gave how many stars.
select count(*), cast(coalesce(sum(case when f.stars = 1 then 1 else 0 end), 0) as bigint),
       cast(coalesce(sum(case when f.stars = 2 then 1 else 0 end), 0) as bigint),
       cast(coalesce(sum(case when f.stars = 3 then 1 else 0 end), 0) as bigint),
       cast(coalesce(sum(case when f.stars = 4 then 1 else 0 end), 0) as bigint),
       cast(coalesce(sum(case when f.stars = 5 then 1 else 0 end), 0) as bigint)
from event_feedback f
where f.organisation_id = :organisation_id and f.event_id = :event_id;

-- event_feedback_words (organisation_id int, event_id int, at_most int) -> many (said text, name text)
-- What people wrote, in an order by chance, with a name where they put it.
select f.said, coalesce(b.name, '')
from event_feedback f left join event_booking b on b.organisation_id = f.organisation_id
  and b.event_id = f.event_id and b.id = f.booking_id
where f.organisation_id = :organisation_id and f.event_id = :event_id and f.said <> ''
order by f.id limit :at_most;

-- ---- what is kept about people ----

-- event_booking_copy (email_key text, at_most int)
--   -> many (reference text, event text, event_reference text, starts_at int, state text, way text,
--     people int, carers int, needs text?, name text, email text, sent_at int, came int?,
--     certificate text?)
-- The bookings of an address.
select b.reference, e.title as event, e.reference as event_reference, e.starts_at, b.state, b.way,
       b.people, b.carers, n.needs, b.name, b.email, b.sent_at, b.came, b.code as certificate
from event_booking b join event e on e.organisation_id = b.organisation_id and e.id = b.event_id
left join event_need n on n.organisation_id = b.organisation_id and n.event_id = b.event_id
  and n.booking_id = b.id
where b.email_key = :email_key and b.email_key <> ''
order by b.sent_at limit :at_most;

-- event_bookings_of (email_key text, at_most int) -> many (organisation_id int, event_id int, id int, state text)
-- The same, by number.
select b.organisation_id, b.event_id, b.id, b.state from event_booking b
where b.email_key = :email_key and b.email_key <> '' order by b.id limit :at_most;

-- event_booking_remove (organisation_id int, event_id int, id int) -> changes
-- One goes, with what its people need.
delete from event_booking
where organisation_id = :organisation_id and event_id = :event_id and id = :id;

-- event_feedback_unname (organisation_id int, event_id int, booking_id int) -> changes
-- What somebody said stays, without their name.
update event_feedback set booking_id = null
where organisation_id = :organisation_id and event_id = :event_id and booking_id = :booking_id;

-- event_booking_retain (before int, now int, at_most int) -> changes
-- Bookings of events that ended before a time go, and those that nobody confirmed within 7 days.
-- Reads privacy_hold.
-- scans event_booking - once a night
-- scans event - the same
delete from event_booking
where (organisation_id, event_id, id) in (
    select b.organisation_id, b.event_id, b.id
    from event_booking b join event e on e.organisation_id = b.organisation_id and e.id = b.event_id
    where (e.ends_at < :before or (b.state = 'unconfirmed' and b.sent_at < :now - 604800))
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = b.email_key)
      and not exists (select 1 from privacy_hold h join person p on p.id = h.person_id
                      where h.released_at is null and p.email_key = b.email_key)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code in (b.reference, e.reference, e.area))
    limit :at_most);

-- event_need_retain (before int, at_most int) -> changes
-- What people of events needed that ended before a time goes. Reads privacy_hold.
-- scans event_need - once a night
-- scans event_booking - the same
-- scans event - the same
delete from event_need
where (organisation_id, event_id, booking_id) in (
    select n.organisation_id, n.event_id, n.booking_id
    from event_need n join event e on e.organisation_id = n.organisation_id and e.id = n.event_id
    join event_booking b on b.organisation_id = n.organisation_id and b.event_id = n.event_id
      and b.id = n.booking_id
    where e.ends_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = b.email_key)
      and not exists (select 1 from privacy_hold h join person p on p.id = h.person_id
                      where h.released_at is null and p.email_key = b.email_key)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code in (b.reference, e.reference, e.area))
    limit :at_most);

-- event_need_copy (email_key text, at_most int) -> many (event_reference text, needs text)
-- What somebody said that they need.
select e.reference as event_reference, n.needs
from event_booking b join event_need n on n.organisation_id = b.organisation_id
  and n.event_id = b.event_id and n.booking_id = b.id
join event e on e.organisation_id = b.organisation_id and e.id = b.event_id
where b.email_key = :email_key and b.email_key <> '' order by b.id limit :at_most;

-- event_feedback_copy (email_key text, at_most int)
--   -> many (event_reference text, stars int, said text)
-- What somebody said with their name.
select e.reference as event_reference, f.stars, f.said
from event_booking b join event_feedback f on f.organisation_id = b.organisation_id
  and f.event_id = b.event_id and f.booking_id = b.id
join event e on e.organisation_id = b.organisation_id and e.id = b.event_id
where b.email_key = :email_key and b.email_key <> '' order by b.id limit :at_most;

-- event_feedback_retain (before int, at_most int) -> changes
-- The name goes from what was said of events that ended before a time. Reads privacy_hold.
-- scans event_feedback - once a night
-- scans event_booking - the same
-- scans event - the same
update event_feedback set booking_id = null
where (organisation_id, event_id, id) in (
    select f.organisation_id, f.event_id, f.id
    from event_feedback f join event e on e.organisation_id = f.organisation_id and e.id = f.event_id
    join event_booking b on b.organisation_id = f.organisation_id and b.event_id = f.event_id
      and b.id = f.booking_id
    where f.booking_id is not null and e.ends_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = b.email_key)
      and not exists (select 1 from privacy_hold h join person p on p.id = h.person_id
                      where h.released_at is null and p.email_key = b.email_key)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code in (b.reference, e.reference, e.area))
    limit :at_most);
