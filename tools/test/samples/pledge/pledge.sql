-- SPDX-License-Identifier: MIT
-- pledge.sql - what sqlgen accepts: every kind, type and directive once.

-- pledge_by_reference (reference text) -> one (id int, title text, signed_on text?)
-- One pledge as the public sees it; /* not the end */ of a comment.
select p.id, p.title, p.signed_on from pledge p where p.reference = :reference;

-- pledge_signer_add (pledge_id int, name text?, weight real?, seal blob,
--                    photo blob?, at int?, score real) -> changes
-- Records one signature.
insert into pledge_signer (pledge_id, name, weight, seal, photo, at, score) -- the text's comment
values (:pledge_id, :name, :weight, :seal, :photo, :at, :score)
on conflict (pledge_id, name) do update set weight = excluded.weight;

-- pledge_open () -> many (id int, share real?, opened_at int?,
--   seal blob, photo blob?, score real)
select id, share * 2.5, opened_at, seal, photo, cast(score as double precision) from pledge
where note = 'it''s "open"; -- :yes? ' and a is distinct from b
order by id limit 10;

-- pledge_take (lease int, at_most int) -> many (id int, key text)
update pledge set lease = :lease
where id in (select id from pledge where lease is null order by id limit :at_most)
returning id, key;

-- pledge_add (id int, title text) -> one (id int)
with fresh as (select count(*) as n from pledge)
insert into pledge (id, title) select :id, :title from fresh where true
on conflict (id) do nothing
returning id;

-- pledge_register (kind text, region text optional, since int optional, photo blob optional,
--                  share real optional)
--   -> page (id int, title text, region text?, signed_on text, signers int)
-- The public register.
-- sort newest: p.signed_on desc, p.id desc
-- sort title: p.title, p.id asc
-- sort number: id
-- scans pledge, person - a sample is small
select p.id, p.title, r.name as region, p.signed_on,
       (select count(*) from pledge_signer s where s.pledge_id = p.id
        [[since: and s.at >= :since ]]) as signers
from pledge p left join region r on r.id = p.region
where p.kind = :kind or p.kind is null
  [[region:and p.region = :region]] [[share: and p.share > :share]][[photo: and p.photo = :photo]];

-- pledge_search (words text, at_most int) -> many (id int)
select id from pledge_text where pledge_text match :words order by id limit :at_most;
-- on postgresql
select id from pledge where words @@ to_tsquery('simple', :words) order by id limit :at_most;

-- pledge_drop (id int) -> changes
-- sort of a last resort
delete from pledge where id = :id
-- on postgresql
delete from pledge where id = :id;
