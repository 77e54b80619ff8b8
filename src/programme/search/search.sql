-- ---- documents ----

-- search_document_id (kind text, key text) -> one (id int)
-- The number of a document.
select d.id from search_document d where d.kind = :kind and d.key = :key;

-- search_document_add (id int, kind text, key text, href text, title text, summary text, body text,
--   region text, organisation text, stage text, pillar text, published_on text, access int,
--   facets text) -> changes
-- A document; no change when the number is taken.
insert into search_document (id, kind, key, href, title, summary, body, region, organisation, stage,
  pillar, published_on, access, facets)
values (:id, :kind, :key, :href, :title, :summary, :body, :region, :organisation, :stage, :pillar,
  :published_on, :access, :facets)
on conflict (id) do nothing;

-- search_document_drop (id int) -> changes
-- Forgets a document.
delete from search_document where id = :id;

-- search_text_add (id int, words text) -> changes
-- The stems of a document, parted by spaces.
insert into search_text (rowid, words) values (:id, :words);
-- on postgresql
insert into search_text (id, words) values (:id, array_to_tsvector(string_to_array(:words, ' ')));

-- search_text_drop (id int) -> changes
-- Forgets the stems of a document.
delete from search_text where rowid = :id;
-- on postgresql
delete from search_text where id = :id;

-- search_title_add (id int, words text) -> changes
-- The words of a title, parted by spaces.
insert into search_title (rowid, words) values (:id, :words);
-- on postgresql
insert into search_title (id, words) values (:id, array_to_tsvector(string_to_array(:words, ' ')));

-- search_title_drop (id int) -> changes
-- Forgets the words of a title.
delete from search_title where rowid = :id;
-- on postgresql
delete from search_title where id = :id;

-- search_recent_rows (kind text optional, from_on text, at_most int) -> many (kind text, key text,
--   href text, title text, summary text, region text, organisation text, stage text, pillar text,
--   published_on text)
-- What everybody may read, the newest first.
select d.kind, d.key, d.href, d.title, d.summary, d.region, d.organisation, d.stage, d.pillar,
  d.published_on
from search_document d
where d.access = 0 and d.published_on >= :from_on [[kind: and d.kind = :kind ]]
order by d.published_on desc, d.id desc limit :at_most;

-- search_public_rows (below int, at_most int) -> many (kind text, href text, published_on text)
-- Where everything is that everybody may read, by kind, then the newest day first.
select d.kind, d.href, d.published_on
from search_document d where d.id < :below order by d.id limit :at_most;

-- ---- known words ----

-- search_known_not (words text, at_most int) -> many (word text)
-- Which of many words, a JSON array of texts, no document has had.
-- scans j - the words that are given
select j.value as word from json_each(:words) j
where not exists (select 1 from search_known k where k.word = j.value) limit :at_most;
-- on postgresql
select j.word from json_array_elements_text(cast(:words as json)) as j(word)
where not exists (select 1 from search_known k where k.word = j.word) limit :at_most;

-- search_known_add (word text, stem text) -> changes
-- Remembers that there is such a word; no change when it is known.
insert into search_known (word, stem) values (:word, :stem) on conflict (word) do nothing;

-- search_known_split (word text) -> changes
-- Remembers a new word, whole and with each letter left out.
-- scans n - numbers from 0 to the length of the word
insert into search_known_piece (piece, word)
with recursive n(i) as (select 0 union all select n.i + 1 from n where n.i < length(:word))
select distinct case when n.i = 0 then :word
  else substr(:word, 1, n.i - 1) || substr(:word, n.i + 1) end, :word
from n where true
on conflict (piece, word) do nothing;

-- ---- searching ----

-- search_match (asked text, below int, at_most int) -> many (id int)
-- What fits, in the order of the numbers; asked is in the engine's own form (search_query.h).
-- scans search_text - along the key, in the order that is asked for, where the limit ends it
select f.rowid as id from search_text f
where f.search_text match :asked and f.rowid < :below order by f.rowid limit :at_most;
-- on postgresql
select f.id from search_text f
where f.words @@ cast(:asked as tsquery) and f.id < :below order by f.id limit :at_most;

-- search_facets (ids text, at_most int) -> many (id int, facets text, access int)
-- By what some documents can be narrowed; ids is a JSON array of texts.
-- scans j d search_document - the numbers that are given, joined in the order of the key
select d.id, d.facets, d.access
from json_each(:ids) j join search_document d on d.id = cast(j.value as bigint)
order by d.id limit :at_most;
-- on postgresql
select d.id, d.facets, d.access
from json_array_elements_text(cast(:ids as json)) as j(id)
join search_document d on d.id = cast(j.id as bigint)
order by d.id limit :at_most;

-- search_match_title (asked text, at_most int) -> many (title text, href text, kind text)
-- Public titles with these words.
-- scans search_title d - along the key, in the order that is asked for, where the limit ends it
select d.title, d.href, d.kind
from search_title f join search_document d on d.id = f.rowid
where f.search_title match :asked order by f.rowid limit :at_most;
-- on postgresql
select d.title, d.href, d.kind
from search_title f join search_document d on d.id = f.id
where f.words @@ cast(:asked as tsquery) order by f.id limit :at_most;

-- search_documents (ids text, at_most int) -> many (id int, kind text, key text, href text, title text,
--   summary text, body text, region text, organisation text, stage text, pillar text,
--   published_on text, access int)
-- Some documents; ids is a JSON array of texts.
-- scans j - the numbers that are given
select d.id, d.kind, d.key, d.href, d.title, d.summary, substr(d.body, 1, 6000) as body, d.region,
  d.organisation, d.stage, d.pillar, d.published_on, d.access
from json_each(:ids) j join search_document d on d.id = cast(j.value as bigint) limit :at_most;
-- on postgresql
select d.id, d.kind, d.key, d.href, d.title, d.summary, substr(d.body, 1, 6000) as body, d.region,
  d.organisation, d.stage, d.pillar, d.published_on, d.access
from json_array_elements_text(cast(:ids as json)) as j(id)
join search_document d on d.id = cast(j.id as bigint) limit :at_most;

-- search_accesses (after int) -> one (access int?)
-- The next access above one that any document needs.
select min(d.access) as access from search_document d where d.access > :after;

-- search_known_like (pieces text, at_most int) -> many (word text, stem text)
-- Known words that share a piece; pieces is a JSON array of texts.
-- scans j - the pieces that are given
select distinct k.word, k.stem
from json_each(:pieces) j
join search_known_piece p on p.piece = j.value
join search_known k on k.word = p.word
order by k.word limit :at_most;
-- on postgresql
select distinct k.word, k.stem
from json_array_elements_text(cast(:pieces as json)) as j(piece)
join search_known_piece p on p.piece = j.piece
join search_known k on k.word = p.word
order by k.word limit :at_most;

-- ---- not found ----

-- search_missed_caller_first (code text, now int) -> changes
-- A caller and words, the first time on a day; no row when they came before.
insert into search_missed_caller (code, at, words) values (:code, :now, 1) on conflict (code) do nothing;

-- search_missed_caller_add (code text, now int) -> changes
-- One more word of a caller on a day.
insert into search_missed_caller (code, at, words) values (:code, :now, 1)
on conflict (code) do update set words = search_missed_caller.words + 1;

-- search_missed_caller_row (code text) -> one (words int)
-- How many words a caller had on a day.
select c.words from search_missed_caller c where c.code = :code;

-- search_missed_caller_purge (before int) -> changes
-- What counts no more.
delete from search_missed_caller where at < :before;

-- search_missed_add (words text, today text) -> changes
-- Once more searched and not found, by another caller of the day.
insert into search_missed (words, times, days, callers, callers_most, last_on) values (:words, 1, 1, 1, 1, :today)
on conflict (words) do update set
    times = search_missed.times + 1,
    days = search_missed.days + case when search_missed.last_on = :today then 0 else 1 end,
    callers = case when search_missed.last_on = :today then search_missed.callers + 1 else 1 end,
    callers_most = case when search_missed.last_on = :today and search_missed.callers >= search_missed.callers_most
                        then search_missed.callers + 1 else search_missed.callers_most end,
    last_on = :today;

-- search_missed_count (at_most int) -> one (words int)
-- How many are kept, counted no further than at_most.
-- scans search_missed - two thousand rows at most
select count(*) as words from (select m.words from search_missed m limit :at_most) t;

-- search_missed_drop_least () -> changes
-- That goes which came on the fewest days, the longest ago.
-- scans search_missed - two thousand rows at most
delete from search_missed where words = (
    select m.words from search_missed m order by m.days, m.last_on, m.words limit 1);

-- search_missed_known (words text) -> one (times int, days int, callers_most int)
-- How often this was searched and not found.
select m.times, m.days, m.callers_most from search_missed m where m.words = :words;

-- search_missed_forget (before_on text) -> changes
-- Forgets what was not searched since a day.
delete from search_missed where last_on < :before_on;

-- search_missed_list () -> page (words text, times int, days int, last_on text)
-- What was searched and not found, on enough days and by enough callers to be shown.
-- sort most: m.times desc, m.last_on desc, m.words desc
-- sort newest: m.last_on desc, m.times desc, m.words desc
-- scans m search_missed - two thousand rows at most, for editors
select m.words, m.times, m.days, m.last_on from search_missed m
where m.days >= 3 and m.callers_most >= 3;

-- ---- making anew ----

-- search_made_mark () -> one (mark text)
-- Of which rules the stems were made.
select m.mark from search_made m where m.name = 'stems';

-- search_made_set (mark text) -> changes
-- Notes of which rules the stems were made.
insert into search_made (name, mark) values ('stems', :mark)
on conflict (name) do update set mark = excluded.mark;

-- search_documents_after (after int, at_most int) -> many (id int, kind text, key text, href text,
--   title text, summary text, body text, region text, organisation text, stage text, pillar text,
--   published_on text, access int)
-- Documents in the order of their numbers.
select d.id, d.kind, d.key, d.href, d.title, d.summary, d.body, d.region, d.organisation, d.stage,
  d.pillar, d.published_on, d.access
from search_document d where d.id > :after order by d.id limit :at_most;

-- search_known_after (after text, at_most int) -> many (word text, stem text)
-- Known words in the order of their bytes.
select k.word, k.stem from search_known k where k.word > :after order by k.word limit :at_most;

-- search_known_drop (word text) -> changes
-- Forgets a word.
delete from search_known where word = :word;

-- search_known_unsplit (word text) -> changes
-- Forgets the pieces of a word.
delete from search_known_piece where word = :word;

-- search_known_holders (asked text, below int, at_most int) -> many (id int)
-- Documents below a number that hold a stem.
select f.rowid as id from search_text f
where f.search_text match :asked and f.rowid < :below limit :at_most;
-- on postgresql
select f.id from search_text f
where f.words @@ cast(:asked as tsquery) and f.id < :below limit :at_most;

-- search_text_merge (pages int) -> changes
-- Joins parts of the index, some pages' worth, so that searches read fewer. PostgreSQL's own
-- housekeeping does the like, so there is nothing to do.
insert into search_text (search_text, rank) values ('merge', :pages);
-- on postgresql
delete from search_text where id = 0 and :pages < 0;
