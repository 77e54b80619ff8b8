-- A booking in the line can be larger than all seats that there are, when seats were taken away; and
-- an event is new on the day on which it came out, however often it changes.
alter table event_booking add column is_stuck bigint not null default 0 check (is_stuck in (0, 1)); -- 1: it waits, takes more seats than there are in all, and was told
alter table event add column published_at bigint not null default 0; -- UTC seconds: when it first came out; 0: not yet
-- Of those that were out before, only the day of making and of the last change are known: an event
-- that is made public is not new again because it changed, so the first of them stands.
update event set published_at = made_at where state <> 'draft';
