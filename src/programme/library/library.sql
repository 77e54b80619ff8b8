-- ---- pages ----

-- library_page_add (id int, path text, title text, pack_file text, now int) -> changes
-- One more page, without a version; no row when another has the address.
insert into library_page (id, path, title, live_number, last_number, check_by_on, went_live_at,
                          pack_file, pack_sha, pack_number, pack_waits, updated_at)
values (:id, :path, :title, 0, 0, '', 0, :pack_file, '', 0, 0, :now)
on conflict do nothing;

-- library_page_row (id int) -> one (id int, path text, title text, live_number int, last_number int, check_by_on text, went_live_at int, pack_file text, pack_sha text, pack_number int, pack_waits int, updated_at int)
select id, path, title, live_number, last_number, check_by_on, went_live_at, pack_file, pack_sha,
       pack_number, pack_waits, updated_at
from library_page where id = :id;

-- library_page_at (path text) -> one (id int, live_number int)
-- The page that has this address.
select id, live_number from library_page where path = :path;

-- library_page_of_file (pack_file text) -> one (id int)
-- The page that a file of a pack became.
select id from library_page where pack_file = :pack_file and pack_file <> '' order by id limit 1;

-- library_page_numbered (id int, number int, was int, title text, path text, now int) -> changes
-- The newest version is one more, unless another came first. A page that is not live shows its
-- newest title and address.
update library_page
set last_number = :number, updated_at = :now,
    title = case when live_number = 0 then :title else title end,
    path = case when live_number = 0 then :path else path end
where id = :id and last_number = :was;

-- library_page_live (id int, number int, path text, title text, check_by_on text, now int) -> changes
-- The public reads this version from now on.
update library_page
set live_number = :number, path = :path, title = :title, check_by_on = :check_by_on,
    went_live_at = :now, updated_at = :now
where id = :id;

-- library_page_down (id int, now int) -> changes
-- The public reads nothing here any more.
update library_page set live_number = 0, check_by_on = '', updated_at = :now
where id = :id and live_number <> 0;

-- library_page_packed (id int, pack_file text, pack_sha text, pack_number int, pack_waits int) -> changes
-- What was taken of a pack.
update library_page
set pack_file = :pack_file, pack_sha = :pack_sha, pack_number = :pack_number,
    pack_waits = :pack_waits
where id = :id;

-- library_page_decided (id int) -> changes
-- An editor decided about the words of the pack.
update library_page set pack_waits = 0 where id = :id and pack_waits <> 0;

-- library_live (at_most int) -> many (id int, path text, title text, summary text, stage text, pillar text, position int, went_live_at int)
-- What the public reads, in order.
select p.id, p.path, v.title, v.summary, v.stage, v.pillar, v.position, p.went_live_at
from library_page p
join library_version v on v.page_id = p.id and v.number = p.live_number
where p.id > 0 and p.live_number > 0
order by p.id limit :at_most;

-- library_list (state text optional, today text) -> page (id int, title text, path text, state text, check_by_on text, updated_at int)
-- Every page, for editors: with what is most pressing about it, narrowed to all that are so.
-- scans library_page - a national programme has some dozens of pages
-- sort title: p.title, p.id
-- sort newest: p.updated_at desc, p.id desc
-- sort check: p.check_by_on, p.id
select p.id, p.title, p.path,
       case when p.pack_waits <> 0 then 'waits'
            when p.live_number = 0 then 'draft'
            when p.check_by_on <= :today and p.check_by_on <> '' then 'due'
            when p.last_number > p.live_number then 'newer'
            else 'live' end as state,
       p.check_by_on, p.updated_at
from library_page p
where true
[[state: and ((:state = 'waits' and p.pack_waits <> 0)
              or (:state = 'draft' and p.live_number = 0)
              or (:state = 'due' and p.check_by_on <= :today and p.check_by_on <> '')
              or (:state = 'planned' and exists (select 1 from library_version v
                                                 where v.page_id = p.id and v.publish_at > 0))
              or (:state = 'newer' and p.live_number > 0 and p.last_number > p.live_number)
              or (:state = 'live' and p.live_number > 0)) ]];

-- library_list_states (state text optional, today text, at_most int) -> many (state text, pages int)
-- How many pages each filter leaves; a page can be in several.
-- scans p library_page - a national programme has some dozens of pages
select s.state, count(*)
from (select 'waits' as state from library_page p where p.pack_waits <> 0
      union all select 'draft' from library_page p where p.live_number = 0
      union all select 'due' from library_page p
        where p.check_by_on <= :today and p.check_by_on <> ''
      union all select 'planned' from library_page p
        where exists (select 1 from library_version v
                      where v.page_id = p.id and v.publish_at > 0)
      union all select 'newer' from library_page p
        where p.live_number > 0 and p.last_number > p.live_number
      union all select 'live' from library_page p where p.live_number > 0) s
where true
[[state: and :state <> '' ]]
group by s.state
order by s.state
limit :at_most;

-- library_due_count (today text) -> one (pages int, first_on text)
-- How many pages have to be looked at again.
select count(*), coalesce(min(check_by_on), '') from library_page
where check_by_on <= :today and check_by_on > '';

-- library_waits_count () -> one (pages int, oldest_at int)
-- How many pages wait for an editor, because a pack brought other words.
select count(*), coalesce(min(updated_at), 0) from library_page where pack_waits > 0;

-- ---- versions ----

-- library_version_add (page_id int, number int, path text, title text, summary text, stage text, pillar text, position int, body text, steps text, related text, sources text, checked_on text, check_by_on text, origin text, origin_note text, note text, made_by int, now int) -> changes
insert into library_version (page_id, number, path, title, summary, stage, pillar, position, body,
                             steps, related, sources, checked_on, check_by_on, origin, origin_note,
                             note, made_by, made_at)
values (:page_id, :number, :path, :title, :summary, :stage, :pillar, :position, :body, :steps,
        :related, :sources, :checked_on, :check_by_on, :origin, :origin_note, :note, :made_by, :now)
on conflict do nothing;

-- library_version_row (page_id int, number int)
--   -> one (number int, path text, title text, summary text, stage text, pillar text, position int, body text, steps text, related text, sources text, checked_on text, check_by_on text, origin text, origin_note text, note text, made_by int, made_at int, publish_at int?, published_at int?, name text?)
-- One version and who made it. Reads person.
select v.number, v.path, v.title, v.summary, v.stage, v.pillar, v.position, v.body, v.steps,
       v.related, v.sources, v.checked_on, v.check_by_on, v.origin, v.origin_note, v.note,
       v.made_by, v.made_at, v.publish_at, v.published_at, p.name
from library_version v
left join person p on p.id = v.made_by
where v.page_id = :page_id and v.number = :number;

-- library_version_own (page_id int, live_number int) -> one (number int?)
-- The newest version of a page but those that a pack brought and nobody published.
select max(v.number) from library_version v
where v.page_id = :page_id and (v.origin <> 'pack' or v.number = :live_number);

-- library_versions (page_id int, at_most int) -> many (number int, title text, origin text, origin_note text, note text, made_at int, publish_at int?, published_at int?, name text?)
-- The versions of a page, the newest first. Reads person.
select v.number, v.title, v.origin, v.origin_note, v.note, v.made_at, v.publish_at, v.published_at,
       p.name
from library_version v
left join person p on p.id = v.made_by
where v.page_id = :page_id
order by v.number desc limit :at_most;

-- library_version_ask (page_id int, number int, publish_at int?) -> changes
-- When to make it live; null: not any more.
update library_version set publish_at = :publish_at
where page_id = :page_id and number = :number and published_at is null;

-- library_version_went (page_id int, number int, now int) -> changes
update library_version set published_at = :now, publish_at = null
where page_id = :page_id and number = :number;

-- library_stuck_count (before int) -> one (versions int, oldest_at int)
-- Versions whose time came and which could not be made live.
select count(*), coalesce(min(publish_at), 0) from library_version
where publish_at < :before and publish_at > 0;

-- library_versions_forget_asked (page_id int, but int) -> changes
-- Another version of the page was published: what was planned before it is not any more.
update library_version set publish_at = null
where page_id = :page_id and number < :but and publish_at is not null;

-- ---- addresses that pages had ----

-- library_redirect_at (path text) -> one (page_id int, path text, live_number int)
-- Where a page that had this address is now.
select r.page_id, p.path, p.live_number
from library_redirect r
join library_page p on p.id = r.page_id
where r.path = :path;

-- library_redirect_add (path text, page_id int, now int) -> changes
insert into library_redirect (path, page_id, made_at) values (:path, :page_id, :now)
on conflict do nothing;

-- library_redirect_remove (path text, page_id int) -> changes
-- The page came back to this address.
delete from library_redirect where path = :path and page_id = :page_id;

-- ---- pictures ----

-- library_picture_add (id int, alt text, now int) -> changes
insert into library_picture (id, alt, added_at) values (:id, :alt, :now) on conflict do nothing;

-- library_picture_row (id int) -> one (id int, alt text)
select id, alt from library_picture where id = :id;

-- library_picture_forget (id int) -> changes
delete from library_picture where id = :id;

-- library_pictures () -> page (id int, alt text, added_at int)
-- Those that are here.
-- sort newest: added_at desc, id desc
-- sort oldest: added_at, id
select id, alt, added_at from library_picture where true;

-- ---- people ----

-- library_version_copy (person_id int, at_most int) -> many (title text, number int, note text, made_at int)
-- What a person wrote.
select title, number, note, made_at from library_version
where made_by = :person_id and made_by <> 0
order by made_at limit :at_most;

-- library_version_erase (person_id int) -> changes
-- That a version is there stays, without who made it.
update library_version set made_by = 0 where made_by = :person_id and made_by <> 0;

-- library_version_retain (before int, at_most int) -> changes
-- Nobody is named any more after the period of the rule.
update library_version set made_by = 0
where (page_id, number) in (
    select v.page_id, v.number from library_version v
    where v.made_at < :before and v.made_by <> 0
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = v.made_by)
    order by v.made_at limit :at_most);
