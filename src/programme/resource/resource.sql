-- ---- one document ----

-- resource_add (id int, reference text, title text, title_key text, summary text, kind text, stage text, pillar text, review_on text, today text, now int) -> changes
-- A new document, whose first version follows in the same transaction.
insert into resource (id, reference, state, revision, version, title, title_key, summary, kind,
                      stage, pillar, formats, languages, is_accessible, review_on, checked_on,
                      published_at, changed_at, withdrawn_at, withdrawn_reason)
values (:id, :reference, 'live', 0, 0, :title, :title_key, :summary, :kind, :stage, :pillar, '', '',
        0, :review_on, :today, :now, :now, null, '');

-- resource_row (reference text) -> one (id int, reference text, state text, revision int, version int, title text, summary text, kind text, stage text, pillar text, formats text, languages text, is_accessible int, review_on text, checked_on text, published_at int, changed_at int, withdrawn_at int?, withdrawn_reason text)
-- One document.
select id, reference, state, revision, version, title, summary, kind, stage, pillar, formats,
       languages, is_accessible, review_on, checked_on, published_at, changed_at, withdrawn_at,
       withdrawn_reason
from resource where reference = :reference;

-- resource_describe_row (id int, seen int, title text, title_key text, summary text, kind text, stage text, pillar text, review_on text) -> changes
-- Another description; no row when somebody changed it since it was seen.
update resource
set title = :title, title_key = :title_key, summary = :summary, kind = :kind, stage = :stage,
    pillar = :pillar, review_on = :review_on, revision = revision + 1
where id = :id and revision = :seen;

-- resource_version_set (id int, seen int, version int, checked_on text, now int) -> changes
-- The newest version is another one.
update resource
set version = :version, checked_on = :checked_on, changed_at = :now, revision = revision + 1
where id = :id and revision = :seen;

-- resource_follow (id int, formats text, languages text, is_accessible int) -> changes
-- What follows from the files of the newest version.
update resource
set formats = :formats, languages = :languages, is_accessible = :is_accessible,
    revision = revision + 1
where id = :id;

-- resource_checked_set (id int, checked_on text, review_on text) -> changes
-- Somebody looked: it is still right.
update resource set checked_on = :checked_on, review_on = :review_on, revision = revision + 1
where id = :id;

-- resource_state_set (id int, state text, at int?, reason text) -> changes
-- Withdrawn, or given out again.
update resource
set state = :state, withdrawn_at = :at, withdrawn_reason = :reason, revision = revision + 1
where id = :id and state <> :state;

-- ---- versions and their files ----

-- resource_version_add (resource_id int, number int, now int, title text, summary text, changes text) -> changes
-- One more version.
insert into resource_version (resource_id, number, at, title, summary, changes)
values (:resource_id, :number, :now, :title, :summary, :changes);

-- resource_version_row (resource_id int, number int) -> one (at int, title text, summary text, changes text)
-- One version.
select at, title, summary, changes from resource_version
where resource_id = :resource_id and number = :number;

-- resource_versions (resource_id int, at_most int) -> many (number int, at int, changes text, downloads int)
-- All versions, the newest first, with how often each was downloaded.
select v.number, v.at, v.changes,
       cast(coalesce((select sum(d.downloads) from resource_download d
                      where d.resource_id = v.resource_id and d.version = v.number), 0) as bigint)
from resource_version v
where v.resource_id = :resource_id
order by v.number desc limit :at_most;

-- resource_file_add_row (resource_id int, version int, number int, role text, upload_id int, name text, format text, size_bytes int, sha256 text, language text, is_accessible int, now int) -> changes
-- One more file.
insert into resource_file (resource_id, version, number, role, upload_id, name, format, size_bytes,
                           sha256, language, is_accessible, added_at)
values (:resource_id, :version, :number, :role, :upload_id, :name, :format, :size_bytes, :sha256,
        :language, :is_accessible, :now);

-- resource_files (resource_id int, version int, at_most int) -> many (number int, role text, upload_id int, name text, format text, size_bytes int, sha256 text, language text, is_accessible int, added_at int, removed_at int?)
-- The files of a version, in their order; also those that were taken away.
select number, role, upload_id, name, format, size_bytes, sha256, language, is_accessible, added_at,
       removed_at
from resource_file where resource_id = :resource_id and version = :version
order by number limit :at_most;

-- resource_file_remove_row (resource_id int, version int, number int, now int) -> changes
-- A file is taken away; no row when it was before.
update resource_file
set removed_at = :now, name = '', sha256 = '', size_bytes = 0, is_accessible = 0
where resource_id = :resource_id and version = :version and number = :number
  and removed_at is null;

-- ---- downloads ----

-- resource_download_add (resource_id int, version int, today text) -> changes
-- One more download of a version today.
insert into resource_download (resource_id, version, day_on, downloads)
values (:resource_id, :version, :today, 1)
on conflict (resource_id, version, day_on)
do update set downloads = resource_download.downloads + 1;

-- resource_download_list () -> page (day_on text, title text, version int, downloads int, reference text, resource_id int)
-- Downloads a version a day.
-- sort newest: d.day_on desc, d.resource_id desc, d.version desc
select d.day_on, r.title, d.version, d.downloads, r.reference, d.resource_id
from resource_download d
join resource r on r.id = d.resource_id
where true;

-- ---- words to find it by ----

-- resource_words_drop (resource_id int) -> changes
-- Before they are written anew.
delete from resource_word where resource_id = :resource_id;

-- resource_word_add (word text, resource_id int) -> changes
-- One word; one that is there already stays.
insert into resource_word (word, resource_id) values (:word, :resource_id) on conflict do nothing;

-- ---- lists ----

-- resource_list (q_1 text optional, q_1_end text?, q_2 text optional, q_2_end text?, q_3 text optional, q_3_end text?, kind text optional, stage text optional, pillar text optional, language text optional, format text optional, accessible int optional) -> page (reference text, title text, summary text, kind text, stage text, pillar text, version int, formats text, languages text, is_accessible int, changed_at int, review_on text, title_key text, id int)
-- What anybody may have.
-- sort newest: r.changed_at desc, r.id desc
-- sort title: r.title_key, r.id
select r.reference, r.title, r.summary, r.kind, r.stage, r.pillar, r.version, r.formats,
       r.languages, r.is_accessible, r.changed_at, r.review_on, r.title_key, r.id
from resource r
where r.state = 'live'
[[q_1: and r.id in (select w.resource_id from resource_word w where w.word >= :q_1 and w.word < :q_1_end) ]]
[[q_2: and r.id in (select w.resource_id from resource_word w where w.word >= :q_2 and w.word < :q_2_end) ]]
[[q_3: and r.id in (select w.resource_id from resource_word w where w.word >= :q_3 and w.word < :q_3_end) ]]
[[kind: and r.kind = :kind ]]
[[stage: and r.stage = :stage ]]
[[pillar: and r.pillar = :pillar ]]
[[language: and exists (select 1 from resource_file f where f.resource_id = r.id and f.version = r.version and f.language = :language and f.removed_at is null) ]]
[[format: and exists (select 1 from resource_file f where f.resource_id = r.id and f.version = r.version and f.format = :format and f.removed_at is null) ]]
[[accessible: and r.is_accessible = :accessible ]];

-- resource_desk_list (today text, state text optional, due text optional) -> page (reference text, title text, state text, version int, formats text, is_accessible int, review_on text, is_due text, changed_at int, id int)
-- All of them, for editors.
-- sort review: r.review_on, r.id
-- sort newest: r.changed_at desc, r.id desc
select r.reference, r.title, r.state, r.version, r.formats, r.is_accessible, r.review_on,
       case when r.state = 'live' and r.review_on <= :today then 'due' else 'later' end as is_due,
       r.changed_at, r.id
from resource r
where true
[[state: and r.state = :state ]]
[[due: and case when r.state = 'live' and r.review_on <= :today then 'due' else 'later' end = :due ]];

-- resource_due (today text) -> one (resources int, oldest_on text?)
-- How many want to be looked at, and since when the first of them.
select count(*), min(review_on) from resource where state = 'live' and review_on <= :today;
