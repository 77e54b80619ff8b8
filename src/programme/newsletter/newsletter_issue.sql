-- newsletter_issue_add (id int, reference text, person int, now int) -> changes
-- A new issue; no row when the reference is taken.
insert into newsletter_issue (id, reference, state, version, made_by, made_at, send_at, reached_id)
values (:id, :reference, 'draft', 0, :person, :now, 0, 0) on conflict do nothing;

-- newsletter_version_add (issue_id int, number int, subject text, preview text, topics int, region text, blocks text, person int, now int) -> changes
-- What it says from now on.
insert into newsletter_version (issue_id, number, subject, preview, topics, region, blocks, made_by, made_at)
values (:issue_id, :number, :subject, :preview, :topics, :region, :blocks, :person, :now);

-- newsletter_issue_next (id int, before int) -> changes
-- Another version: what was approved, or waited for it, is a draft again.
update newsletter_issue
set version = version + 1, state = 'draft', asked_by = null, asked_at = null, approved_by = null, approved_at = null
where id = :id and version = :before and state in ('draft', 'asked', 'approved');

-- newsletter_issue_by_reference (reference text)
--   -> one (id int, reference text, state text, version int, made_by int, made_at int, asked_by int?, asked_at int?,
--           approved_by int?, approved_at int?, send_at int, begun_at int?, ended_at int?, reached_id int,
--           subject text, preview text, topics int, region text, blocks text, changed_by int, changed_at int)
-- An issue with its newest version.
select i.id, i.reference, i.state, i.version, i.made_by, i.made_at, i.asked_by, i.asked_at, i.approved_by,
       i.approved_at, i.send_at, i.begun_at, i.ended_at, i.reached_id, v.subject, v.preview, v.topics, v.region,
       v.blocks, v.made_by as changed_by, v.made_at as changed_at
from newsletter_issue i
join newsletter_version v on v.issue_id = i.id and v.number = i.version
where i.reference = :reference;

-- newsletter_version_list (issue_id int, at_most int) -> many (number int, subject text, made_by int, made_at int)
-- The versions of an issue, the newest first.
select v.number, v.subject, v.made_by, v.made_at from newsletter_version v
where v.issue_id = :issue_id order by v.number desc limit :at_most;

-- newsletter_wrote (issue_id int, person int, at_most int) -> many (number int)
-- Versions of an issue that this person made.
select v.number from newsletter_version v where v.issue_id = :issue_id and v.made_by = :person order by v.number limit :at_most;

-- newsletter_issue_ask (id int, version int, person int, send_at int, now int) -> changes
-- It waits for a second person.
update newsletter_issue set state = 'asked', asked_by = :person, asked_at = :now, send_at = :send_at
where id = :id and version = :version and state = 'draft';

-- newsletter_issue_approve (id int, version int, person int, now int) -> changes
-- A second person approves this version.
update newsletter_issue set state = 'approved', approved_by = :person, approved_at = :now
where id = :id and version = :version and state = 'asked';

-- newsletter_issue_back (id int) -> changes
-- It is a draft again.
update newsletter_issue set state = 'draft', asked_by = null, asked_at = null, approved_by = null, approved_at = null
where id = :id and state in ('asked', 'approved');

-- newsletter_issue_stop (id int, now int) -> changes
-- What has not gone does not go.
update newsletter_issue set state = 'stopped', ended_at = :now where id = :id and state = 'sending';

-- newsletter_issue_due (now int, at_most int) -> many (id int, reference text)
-- Approved issues whose time has come.
select i.id, i.reference from newsletter_issue i
where i.state = 'approved' and i.send_at <= :now order by i.id limit :at_most;

-- newsletter_issue_begin (id int, now int) -> changes
-- Sending begins, and it is public.
update newsletter_issue set state = 'sending', begun_at = :now where id = :id and state = 'approved';

-- newsletter_issue_sending (at_most int) -> many (id int, reference text)
-- Issues that are being sent, and stopped ones of which a run that was killed had something in hand.
select i.id, i.reference from newsletter_issue i
where i.state = 'sending'
   or (i.state = 'stopped' and exists (select 1 from newsletter_delivery d
                                       where d.issue_id = i.id and d.state = 'hand'))
order by i.id limit :at_most;

-- newsletter_issues (state text optional) -> page (reference text, subject text, state text, made_at int, send_at int, begun_at int?, ended_at int?, id int)
-- All issues, for the desk.
-- sort newest: i.id desc
-- sort oldest: i.id
select i.reference as reference, v.subject as subject, i.state as state, i.made_at as made_at, i.send_at as send_at,
       i.begun_at as begun_at, i.ended_at as ended_at, i.id as id
from newsletter_issue i join newsletter_version v on v.issue_id = i.id and v.number = i.version
where true
[[state: and i.state = :state ]];

-- newsletter_archive () -> page (reference text, subject text, preview text, begun_at int, id int)
-- Issues that anybody may read, without those that were stopped.
-- sort newest: i.id desc
-- sort oldest: i.id
select i.reference as reference, v.subject as subject, v.preview as preview, coalesce(i.begun_at, 0) as begun_at, i.id as id
from newsletter_issue i join newsletter_version v on v.issue_id = i.id and v.number = i.version
where i.begun_at is not null and i.state <> 'stopped';

-- newsletter_waiting (at_most int) -> many (asked_at int?, id int)
-- Issues that wait for a second person.
select i.asked_at, i.id from newsletter_issue i where i.state = 'asked' order by i.id limit :at_most;

-- newsletter_counts (issue_id int)
--   -> one (taken int, sent int, later int, refused int, unanswered int, soft int, hard int, left_count int, complained int)
-- How far an issue is, and what came back.
select count(*), cast(coalesce(sum(case when d.state = 'sent' then 1 else 0 end), 0) as bigint),
       cast(coalesce(sum(case when d.state in ('later', 'hand') then 1 else 0 end), 0) as bigint),
       cast(coalesce(sum(case when d.state in ('refused', 'given_up') then 1 else 0 end), 0) as bigint),
       cast(coalesce(sum(d.is_unanswered), 0) as bigint),
       cast(coalesce(sum(case when d.outcome = 'soft' then 1 else 0 end), 0) as bigint),
       cast(coalesce(sum(case when d.outcome = 'hard' then 1 else 0 end), 0) as bigint),
       cast(coalesce(sum(case when d.outcome = 'left' then 1 else 0 end), 0) as bigint),
       cast(coalesce(sum(case when d.outcome = 'complained' then 1 else 0 end), 0) as bigint)
from newsletter_delivery d where d.issue_id = :issue_id;

-- newsletter_audience (topics int, region text) -> one (readers int)
-- How many get an issue for these topics and this region.
-- scans newsletter_reader - counted for the desk, once a page
select count(*) from newsletter_reader r
where (:topics = 0 or (r.topics & :topics) <> 0) and (:region = '' or r.region = '' or r.region = :region);
