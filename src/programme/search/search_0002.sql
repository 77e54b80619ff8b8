-- What was counted before goes: by its rule, three times in a month, one person alone could make a
-- name show.
drop table search_missed;

-- What was searched and not found, without people.
create table search_missed (
  words text primary key,          -- folded; never with a digit
  times bigint not null,           -- how often it was searched: once a caller a day
  days bigint not null,            -- on how many days
  callers bigint not null,         -- how many callers on the last of these days
  callers_most bigint not null,    -- how many on that with the most
  last_on text not null            -- YYYY-MM-DD; the last of these days
);
create index search_missed_least on search_missed (days, last_on, words);
create index search_missed_last on search_missed (last_on);

-- Who was counted today: a code for a caller and words, and one for a caller.  Emptied each day.
create table search_missed_caller (
  code text primary key,           -- keyed hash of day, hash of the address, and words or nothing
  at bigint not null,              -- UTC seconds; when it came first
  words bigint not null            -- of a caller alone: how many words
);
create index search_missed_caller_at on search_missed_caller (at);
