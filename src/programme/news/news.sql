-- news_add (id int, slug text, now int) -> changes
-- A new draft, whose first version follows in the same transaction; no row when the address is taken.
insert into news_item (id, slug, state, version, title, summary, category, publish_at, published_at,
                       month, corrected_at, withdrawn_at, withdrawn_reason, changed_at,
                       out_version, due_version)
values (:id, :slug, 'draft', 0, '', '', '', 0, 0, '', 0, 0, '', :now, 0, 0)
on conflict do nothing;

-- news_row (slug text) -> one (id int, slug text, state text, version int, out_version int, due_version int, publish_at int, published_at int, corrected_at int, withdrawn_at int, withdrawn_reason text, changed_at int)
-- One item.
select id, slug, state, version, out_version, due_version, publish_at, published_at, corrected_at,
       withdrawn_at, withdrawn_reason, changed_at
from news_item where slug = :slug;

-- news_version_add (item_id int, number int, now int, title text, summary text, category text, body text, correction text) -> changes
-- One more version; no row when another took its number at the same time.
insert into news_version (item_id, number, at, title, summary, category, body, correction)
values (:item_id, :number, :now, :title, :summary, :category, :body, :correction)
on conflict do nothing;

-- news_version_words (item_id int, number int) -> one (title text, summary text, category text, body text)
-- The words of a version.
select title, summary, category, body from news_version where item_id = :item_id and number = :number;

-- news_versions (item_id int, at_most int) -> many (number int, at int, title text, correction text)
-- All versions, the newest first.
select number, at, title, correction from news_version
where item_id = :item_id order by number desc limit :at_most;

-- news_corrections (item_id int, number int, at_most int) -> many (at int, correction text)
-- What was corrected up to a version, the newest first.
select at, correction from news_version
where item_id = :item_id and number <= :number and correction <> '' order by number desc limit :at_most;

-- news_follow (id int, seen int, version int, now int) -> changes
-- The newest version is another one; no row when somebody wrote one since.
update news_item set version = :version, changed_at = :now
where id = :id and version = :seen;

-- news_list_words (id int, title text, summary text, category text) -> changes
-- What lists show of it: the words of what is out, and before that of the newest version.
update news_item set title = :title, summary = :summary, category = :category where id = :id;

-- news_out_set (id int, out_version int, corrected_at int) -> changes
-- A version is out, with all that was corrected up to it.
update news_item set out_version = :out_version, corrected_at = :corrected_at where id = :id;

-- news_publish_set (id int, published_at int, month text, now int) -> changes
-- It is out.
update news_item
set state = 'published', published_at = :published_at, month = :month, publish_at = 0,
    due_version = 0, withdrawn_at = 0, withdrawn_reason = '', changed_at = :now
where id = :id;

-- news_schedule_set (id int, state text, publish_at int, due_version int, now int) -> changes
-- That version will come out then; or, as what it was before, none will.
update news_item
set state = :state, publish_at = :publish_at, due_version = :due_version, changed_at = :now
where id = :id;

-- news_withdraw_set (id int, reason text, now int) -> changes
-- It is withdrawn.
update news_item
set state = 'withdrawn', withdrawn_at = :now, withdrawn_reason = :reason, changed_at = :now
where id = :id;

-- news_months (at_most int) -> many (month text)
-- The months in which something came out, the newest first.
select month from news_item where state = 'published'
group by month order by month desc limit :at_most;

-- news_newest (at_most int) -> many (slug text, title text, summary text, category text, published_at int)
-- What came out last.
select slug, title, summary, category, published_at from news_item
where state = 'published' order by published_at desc, id desc limit :at_most;

-- news_list (category text optional, month text optional) -> page (slug text, title text, summary text, category text, month text, changed_at int, published_at int, corrected_at int, id int)
-- What is out.  An item changes when it is corrected.
-- sort newest: i.published_at desc, i.id desc
-- sort oldest: i.published_at, i.id
select i.slug, i.title, i.summary, i.category, i.month,
       case when i.corrected_at > i.published_at then i.corrected_at else i.published_at end as changed_at,
       i.published_at, i.corrected_at, i.id
from news_item i
where i.state = 'published'
[[category: and i.category = :category ]]
[[month: and i.month = :month ]];

-- news_desk_list (state text optional) -> page (slug text, title text, state text, category text, publish_at int, changed_at int, id int)
-- All items, for editors.
-- sort newest: i.changed_at desc, i.id desc
select i.slug, i.title, i.state, i.category, i.publish_at, i.changed_at, i.id
from news_item i
where true
[[state: and i.state = :state ]];

-- news_draft_count () -> one (items int, oldest_at int?)
-- Drafts, and since when the oldest of them waits.
select count(*), min(changed_at) from news_item where state = 'draft';
