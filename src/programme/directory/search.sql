-- directory_word_remove (organisation_id int) -> changes
-- Forgets by which words an organisation is found.
delete from organisation_word where organisation_id = :organisation_id;

-- directory_words_add (rows text, organisation_id int, shelf text, closed_on text) -> changes
-- The words by which it is found.  rows is JSON: objects with the members w (word), f (field) and p
-- (place).
-- scans j - the words that are given
insert into organisation_word (word, organisation_id, field, place, shelf, closed_on)
select json_extract(j.value, '$.w'), :organisation_id, json_extract(j.value, '$.f'),
  json_extract(j.value, '$.p'), :shelf, :closed_on
from json_each(:rows) j where true
on conflict (word, organisation_id, field, place) do nothing;
-- on postgresql
insert into organisation_word (word, organisation_id, field, place, shelf, closed_on)
select r.w, :organisation_id, r.f, r.p, :shelf, :closed_on
from json_to_recordset(cast(:rows as json)) as r(w text, f bigint, p bigint)
on conflict (word, organisation_id, field, place) do nothing;

-- directory_words_unknown (rows text, code_field int, postcode_field int, at_most int)
--   -> many (word text)
-- Those of the words, as above, that no organisation had before; codes and postcodes are not asked.
-- scans j - the words that are given
select distinct json_extract(j.value, '$.w') as word from json_each(:rows) j
where json_extract(j.value, '$.f') not in (:code_field, :postcode_field)
  and not exists (select 1 from search_word k where k.word = json_extract(j.value, '$.w'))
limit :at_most;
-- on postgresql
select distinct r.w as word
from json_to_recordset(cast(:rows as json)) as r(w text, f bigint, p bigint)
where r.f not in (:code_field, :postcode_field)
  and not exists (select 1 from search_word k where k.word = r.w)
limit :at_most;

-- directory_word_know (word text) -> changes
-- Remembers that there is such a word; no change when it is known.
insert into search_word (word) values (:word) on conflict (word) do nothing;

-- directory_word_know_parts (word text) -> changes
-- Remembers a new word, whole and with each letter left out.
-- scans n - numbers from 0 to the length of the word
insert into search_piece (piece, word)
with recursive n(i) as (select 0 union all select n.i + 1 from n where n.i < length(:word))
select distinct case when n.i = 0 then :word
  else substr(:word, 1, n.i - 1) || substr(:word, n.i + 1) end, :word
from n where true
on conflict (piece, word) do nothing;

-- directory_search_words_with (piece text, at_most int) -> many (word text)
-- Known words that are a piece, or become it when one letter is left out.
select s.word from search_piece s where s.piece = :piece order by s.word limit :at_most;

-- directory_search_words_from (word text, word_end text, at_most int) -> many (word text)
-- Known words in a part of the alphabet.
select s.word from search_word s where s.word >= :word and s.word < :word_end
order by s.word limit :at_most;

-- directory_search_uses (word text, word_end text, at_most int) -> one (uses int)
-- How many words of organisations stand in a part of the alphabet, counted no further than at_most.
select count(*) as uses from (select w.organisation_id from organisation_word w
  where w.word >= :word and w.word < :word_end limit :at_most) t;

-- directory_search_match (word text, word_end text, shelf text optional, second text optional,
--   second_end text?, third text optional, third_end text?, fourth text optional,
--   fourth_end text?, today text, at_most int) -> many (id int, rank int, code text, name text,
--   sort_key text, shelf text, kind_name text, town text, postcode text, state text, opened_on text,
--   closed_on text)
-- Who is found by a word in a part of the alphabet, and by up to three more; best first.  A word
-- that tens of thousands have is not followed to its end.
-- scans m w - what was found
with w as (
  select t.word, t.organisation_id, t.field, t.place, t.closed_on from organisation_word t
  where t.word >= :word and t.word < :word_end [[shelf: and t.shelf = :shelf ]]
  limit 20000),
m(organisation_id, rank) as (
  select w.organisation_id, min(
    case when w.closed_on <> '' and w.closed_on < :today then 100000 else 0 end
    + case when w.word = :word then 0 else 1000 end
    + w.field * 100 + w.place) as rank
  from w where true
  [[second: and exists (select 1 from organisation_word x
    where x.organisation_id = w.organisation_id and x.word >= :second and x.word < :second_end) ]]
  [[third: and exists (select 1 from organisation_word y
    where y.organisation_id = w.organisation_id and y.word >= :third and y.word < :third_end) ]]
  [[fourth: and exists (select 1 from organisation_word z
    where z.organisation_id = w.organisation_id and z.word >= :fourth and z.word < :fourth_end) ]]
  group by w.organisation_id order by 2, 1 limit :at_most)
select o.id, m.rank, o.code, r.name, r.sort_key, r.shelf,
  (select k.name from organisation_kind k where k.code = r.kind) as kind_name, r.town, r.postcode, r.state,
  r.opened_on, r.closed_on
from m
join organisation o on o.id = m.organisation_id
join organisation_record r on r.organisation_id = o.id and r.dropped_by is null
order by m.rank, o.id limit :at_most;
