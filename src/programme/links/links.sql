-- ---- what the public reads ----

-- links_public_after (after int, at_most int) -> many (id int, kind text, key text)
-- What everybody may read. Reads search.
select d.id, d.kind, d.key from search_document d
where d.id > :after and d.access = 0
order by d.id limit :at_most;

-- links_page_put (page text, kind text, title text, edit_href text) -> changes
insert into links_page (page, kind, title, edit_href) values (:page, :kind, :title, :edit_href)
on conflict (page) do update set title = excluded.title, edit_href = excluded.edit_href;

-- links_page_drop (page text) -> changes
delete from links_page where page = :page;

-- ---- its links ----

-- links_held_add (page text, kind text, href text, state text, now int) -> changes
insert into links_held (page, kind, href, state, looked_at)
values (:page, :kind, :href, :state, :now)
on conflict do nothing;

-- links_held_of (page text, at_most int) -> many (href text)
select href from links_held where page = :page order by href limit :at_most;

-- links_held_forget (page text, href text) -> changes
delete from links_held where page = :page and href = :href;

-- links_held_forget_all (page text) -> changes
delete from links_held where page = :page;

-- links_held_found (href text, state text, now int) -> changes
-- A look says how a link stands on every page.
update links_held set state = :state, looked_at = :now where href = :href;

-- links_held_use (href text) -> one (links int)
-- How many pages lead there.
select count(*) from links_held where href = :href;

-- links_held_within (after text, at_most int) -> many (href text)
-- Links that begin with a slash, each once.
select href from links_held where href > :after and href >= '/' and href < '0'
group by href order by href limit :at_most;

-- links_held_new (at_most int) -> many (href text)
-- Links within this site that nobody looked at yet.
select href from links_held where state = 'new' order by looked_at, page, href limit :at_most;

-- links_list (state text optional, kind text optional) -> page (state text, href text, title text, kind text, page text, looked_at int, edit_href text, detail text)
-- Links of public pages, as the last look found them.
-- sort state: l.state, l.looked_at, l.page, l.href
select l.state, l.href, p.title, l.kind, l.page, l.looked_at, p.edit_href,
       coalesce(o.detail, '') as detail
from links_held l
join links_page p on p.page = l.page
left join links_outside o on o.href = l.href
where true
[[state: and l.state = :state ]]
[[kind: and l.kind = :kind ]];

-- links_wrong (page text, at_most int) -> many (state text, href text, detail text)
-- What is wrong with the links of one page.
select l.state, l.href, coalesce(o.detail, '')
from links_held l
left join links_outside o on o.href = l.href
where l.page = :page and l.state in ('broken', 'moved')
order by l.href limit :at_most;

-- links_broken_count () -> one (links int, oldest_at int)
select count(*), coalesce(min(looked_at), 0) from links_held where state = 'broken';

-- ---- other websites ----

-- links_outside_add (href text, host text, now int) -> changes
insert into links_outside (href, host, next_at, asked_at, looked_at, state, detail, moved_to,
                             failed_on, failed_days)
values (:href, :host, :now, 0, 0, 'unchecked', '', '', '', 0)
on conflict do nothing;

-- links_outside_row (href text) -> one (state text, looked_at int, failed_on text, failed_days int)
select state, looked_at, failed_on, failed_days from links_outside where href = :href;

-- links_outside_due (now int, host_since int) -> one (href text, next_at int)
-- The link that waits longest, but of no host that was asked since.
select o.href, o.next_at from links_outside o
where o.next_at <= :now
  and not exists (select 1 from links_outside p
                  where p.host = o.host and p.asked_at > :host_since)
order by o.next_at, o.href limit 1;

-- links_outside_take (href text, was int, next_at int, now int) -> changes
-- A worker looks now; no row when another was first.
update links_outside set asked_at = :now, next_at = :next_at
where href = :href and next_at = :was;

-- links_outside_found (href text, next_at int, now int, state text, detail text, moved_to text, failed_on text, failed_days int) -> changes
update links_outside
set next_at = :next_at, looked_at = :now, state = :state, detail = :detail, moved_to = :moved_to,
    failed_on = :failed_on, failed_days = :failed_days
where href = :href;

-- links_outside_forget (href text) -> changes
delete from links_outside where href = :href;
