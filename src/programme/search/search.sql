-- ---- documents ----

-- search_document_id (kind text, key text) -> one (id int)
-- The number of a document.
select d.id from search_document d where d.kind = :kind and d.key = :key;

-- search_document_add (id int, kind text, key text, href text, title text, summary text, body text,
--   region text, organisation text, stage text, pillar text, published_on text, access int)
--   -> changes
-- A document; no change when the number is taken.
insert into search_document (id, kind, key, href, title, summary, body, region, organisation, stage,
  pillar, published_on, access)
values (:id, :kind, :key, :href, :title, :summary, :body, :region, :organisation, :stage, :pillar,
  :published_on, :access)
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
