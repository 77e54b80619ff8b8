-- Reference data comes in by imports.  Nothing that one brings is overwritten by the next: each row
-- says which import added it and which dropped it, so that an import can be undone and what was
-- known when can be told.  A row is what is known now while dropped_by is null.

-- One file, or one pack, taken in.
create table directory_import (
  id bigint primary key,           -- made by the program
  kind text not null,              -- "organisations", "postcodes"
  source text not null,            -- the file's name, or the pack's name and version
  as_at text not null,             -- the day that the file describes
  started_at bigint not null,      -- UTC seconds
  finished_at bigint,              -- UTC seconds; null: under way, or broken off
  undone_at bigint,                -- UTC seconds; null: it stands
  row_count bigint not null,       -- rows read
  added_count bigint not null,     -- things that were new
  changed_count bigint not null,   -- things that were known and changed
  refused_count bigint not null    -- rows that could not be taken
);

-- Kinds of organisation, from a pack.
create table organisation_kind (
  code text primary key,           -- "nhs-trust"
  name text not null,              -- "NHS trust"
  plural text not null,            -- "NHS trusts"
  shelf text not null,             -- where it is looked for: organisation, school or area
  is_employer bigint not null check (is_employer in (0, 1)), -- 1: can sign for its staff
  stands_for text not null,        -- the relation that others have to such a one: board, region; or ''
  ods_roles text not null,         -- the register's role codes, parted by spaces; '' for none
  name_contains text not null,     -- what a name of this kind holds, folded; '' for none
  place bigint not null            -- the order in which kinds are shown and tried
);

-- Everything with a place in the structure: trusts, boards, regions, schools, charities.
create table organisation (
  id bigint primary key,           -- made by the program
  code text not null unique,       -- as its register writes it; of any width and form
  added_by bigint not null references directory_import (id)
);
create index organisation_added on organisation (added_by);

-- What is known of an organisation, and what was known before.  Only one index is for the rows that
-- hold now: a planner that knows no counts yet takes any such index for a good one.
create table organisation_record (
  organisation_id bigint not null references organisation (id),
  kind text not null references organisation_kind (code),
  shelf text not null,             -- of its kind: so that lists can leave out what is elsewhere
  name text not null,              -- today's, as people write it
  sort_key text not null,          -- puts names in the order that people expect
  address text not null,           -- lines parted by line feeds, without town and postcode
  town text not null,              -- '' when not known
  postcode text not null,          -- outward, space, inward; '' when not known
  ons_code text not null,          -- the Office for National Statistics' code; '' for none
  state text not null check (state in ('open', 'closed', 'planned')), -- counts where no day decides
  opened_on text not null,         -- its first day; '' when not known
  closed_on text not null,         -- its last day; '' when not known or not closed
  added_by bigint not null references directory_import (id),
  dropped_by bigint references directory_import (id),
  primary key (organisation_id, added_by)
);
create unique index organisation_record_now on organisation_record (organisation_id)
  where dropped_by is null;
create index organisation_record_by_name
  on organisation_record (shelf, sort_key, organisation_id);
create index organisation_record_by_kind on organisation_record (kind, opened_on);
create index organisation_record_added on organisation_record (added_by);
create index organisation_record_dropped on organisation_record (dropped_by)
  where dropped_by is not null;

-- What an organisation was called, and when.
create table organisation_name (
  organisation_id bigint not null references organisation (id),
  from_on text not null,           -- the first day of this name; '' when not known
  to_on text not null,             -- the last; '' while it stands
  name text not null,              -- as people write it
  added_by bigint not null references directory_import (id),
  dropped_by bigint references directory_import (id),
  primary key (organisation_id, from_on, added_by)
);
create index organisation_name_added on organisation_name (added_by);
create index organisation_name_dropped on organisation_name (dropped_by)
  where dropped_by is not null;

-- Where an organisation belongs, and when: to a board, to a region.
create table organisation_link (
  organisation_id bigint not null references organisation (id),
  relation text not null,          -- "board" or "region": the register's RE5, located in the geography of
  target_id bigint not null references organisation (id),
  from_on text not null,           -- first day
  to_on text not null,             -- last day; '' while it stands
  added_by bigint not null references directory_import (id),
  dropped_by bigint references directory_import (id),
  primary key (organisation_id, relation, from_on, target_id, added_by)
);
create index organisation_link_target on organisation_link (target_id, relation);
create index organisation_link_added on organisation_link (added_by);
create index organisation_link_dropped on organisation_link (dropped_by)
  where dropped_by is not null;

-- Who took over from whom.
create table organisation_succession (
  predecessor_id bigint not null references organisation (id),
  successor_id bigint not null references organisation (id),
  on_day text not null,            -- the successor's first day in charge
  kind text not null check (kind in ('merger', 'split', 'acquisition')), -- how it came about
  added_by bigint not null references directory_import (id),
  dropped_by bigint references directory_import (id),
  primary key (predecessor_id, successor_id, on_day, added_by)
);
create index organisation_succession_successor on organisation_succession (successor_id);
create index organisation_succession_added on organisation_succession (added_by);
create index organisation_succession_dropped on organisation_succession (dropped_by)
  where dropped_by is not null;

-- What is known of a school beside what every organisation has.
create table school (
  organisation_id bigint not null references organisation (id),
  phase text not null,             -- as published, "Primary"; '' when not known
  type text not null,              -- as published, "Academy converter"
  gender text not null,            -- as published, "Mixed"
  low_age bigint,                  -- years; null when not known
  high_age bigint,                 -- years
  laestab text not null,           -- council and establishment, "201/3614"; '' when not known
  ukprn text not null,             -- provider number; '' when not known
  pupil_count bigint,              -- at the census of the file; null when not known
  free_meals_percent double precision, -- of pupils, as published; null when not known
  latitude double precision,       -- WGS84 degrees; null when not known
  longitude double precision,      -- WGS84 degrees, east is positive; null as latitude
  added_by bigint not null references directory_import (id),
  dropped_by bigint references directory_import (id),
  primary key (organisation_id, added_by)
);
create unique index school_now on school (organisation_id) where dropped_by is null;
create index school_added on school (added_by);
create index school_dropped on school (dropped_by)
  where dropped_by is not null;

-- Where postcodes are.  Of 1.7 million rows only what an import replaced is kept twice.
create table postcode (
  postcode text primary key,       -- without its space, "M139WL"
  latitude double precision,       -- WGS84 degrees; null when it has no place
  longitude double precision,      -- WGS84 degrees, east is positive; null as latitude
  district_code text not null,     -- council district, as published; '' when not known
  area_code text not null,         -- small area (LSOA), as published; '' when not known
  ended_in text not null,          -- the month of its end, "2008-01"; '' while in use
  added_by bigint not null         -- the import; without a reference, which would need an index
);

-- What an import of postcodes replaced.
create table postcode_before (
  replaced_by bigint not null references directory_import (id),
  postcode text not null,          -- without its space
  latitude double precision,       -- this and what follows as in postcode
  longitude double precision,      -- WGS84 degrees, east is positive; null as latitude
  district_code text not null,     -- council district
  area_code text not null,         -- small area
  ended_in text not null,          -- month
  added_by bigint not null references directory_import (id),
  primary key (replaced_by, postcode)
);
create index postcode_before_added on postcode_before (added_by);

-- The words by which organisations are found; made anew from what is known now.
create table organisation_word (
  word text not null,              -- folded
  organisation_id bigint not null references organisation (id),
  field bigint not null,           -- 0 code, 1 name, 2 town, 3 postcode, 4 earlier name
  place bigint not null,           -- which word of the field, from 0
  shelf text not null,             -- of its kind
  closed_on text not null,         -- its last day; '' while open, '0' when it is not known
  primary key (word, organisation_id, field, place)
);
create index organisation_word_of on organisation_word (organisation_id, word);

-- Every word, to tell a known one from a slip of the finger.
create table search_word (
  word text primary key            -- folded
);

-- Each word with one letter left out.  Two words that differ by one letter share such a piece.
create table search_piece (
  piece text not null,             -- of the word, or all of it
  word text not null references search_word (word),
  primary key (piece, word)
);
