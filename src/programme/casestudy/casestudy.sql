-- ---- one case study ----

-- casestudy_add (organisation_id int, id int, reference text, now int, organisation_code text,
--   organisation text, kind text, region text, author_name text, author_role text, email text,
--   email_key text) -> changes
-- One that was sent; no row when its reference is taken.
insert into casestudy (organisation_id, id, reference, state, state_at, is_live, organisation_code,
                       organisation, kind, region, author_name, author_role, email, email_key,
                       sent_at, version, event_count, published_version, published_at, title, summary,
                       stage, stage_name, pillar, evidence, asked_on, reuse_count)
values (:organisation_id, :id, :reference, 'unconfirmed', :now, 0, :organisation_code,
        :organisation, :kind, :region, :author_name, :author_role, :email, :email_key,
        :now, 0, 0, 0, 0, '', '', '', '', '', '', '', 0)
on conflict do nothing;

-- casestudy_row (reference text) -> one (organisation_id int, id int, reference text, state text,
--   state_at int, is_live int, organisation_code text, organisation text, kind text, region text,
--   author_name text, author_role text, email text, email_key text, sent_at int, version int,
--   event_count int, published_version int, published_at int, title text, review_on text?,
--   asked_on text, reuse_count int)
-- All of one.
select c.organisation_id, c.id, c.reference, c.state, c.state_at, c.is_live, c.organisation_code,
       c.organisation, c.kind, c.region, c.author_name, c.author_role, c.email, c.email_key,
       c.sent_at, c.version, c.event_count, c.published_version, c.published_at, c.title,
       c.review_on, c.asked_on, c.reuse_count
from casestudy c where c.reference = :reference;

-- casestudy_reference_of (organisation_id int, id int) -> one (reference text)
-- The reference of one.
select c.reference from casestudy c where c.organisation_id = :organisation_id and c.id = :id;

-- casestudy_version_add (organisation_id int, casestudy_id int, version int, now int, made_by int,
--   title text, summary text, problem text, done text, result text, cost text, contact text,
--   contact_email text, stage text, pillar text, intentions text, intention_names text,
--   evidence text, reason text) -> changes
-- More words; no row when there is that version already.
insert into casestudy_version (organisation_id, casestudy_id, version, made_at, made_by, title,
                               summary, problem, done, result, cost, contact, contact_email, stage,
                               pillar, intentions, intention_names, evidence, reason)
values (:organisation_id, :casestudy_id, :version, :now, :made_by, :title, :summary, :problem,
        :done, :result, :cost, :contact, :contact_email, :stage, :pillar, :intentions,
        :intention_names, :evidence, :reason)
on conflict do nothing;

-- casestudy_version_row (organisation_id int, casestudy_id int, version int)
--   -> one (version int, made_at int, made_by int, title text, summary text, problem text,
--           done text, result text, cost text, contact text, contact_email text, stage text,
--           pillar text, intentions text, intention_names text, evidence text, reason text)
-- The words of a version.
select v.version, v.made_at, v.made_by, v.title, v.summary, v.problem, v.done, v.result, v.cost,
       v.contact, v.contact_email, v.stage, v.pillar, v.intentions, v.intention_names, v.evidence,
       v.reason
from casestudy_version v
where v.organisation_id = :organisation_id and v.casestudy_id = :casestudy_id
  and v.version = :version;

-- casestudy_version_of_author (organisation_id int, casestudy_id int) -> one (version int)
-- The author's newest words.
select max(v.version) from casestudy_version v
where v.organisation_id = :organisation_id and v.casestudy_id = :casestudy_id and v.made_by = 0;

-- casestudy_versions (organisation_id int, casestudy_id int, at_most int)
--   -> many (version int, made_at int, made_by int, name text?)
-- Who wrote which version. Reads person.
select v.version, v.made_at, v.made_by, p.name
from casestudy_version v
left join person p on p.id = v.made_by
where v.organisation_id = :organisation_id and v.casestudy_id = :casestudy_id
order by v.version desc limit :at_most;

-- casestudy_move (organisation_id int, id int, was text, state text, now int, version int,
--   event_count int) -> changes
-- It goes on to a state, and has so many versions and events now.
update casestudy
set state = :state, state_at = case when state = :state then state_at else :now end,
    version = :version, event_count = :event_count
where organisation_id = :organisation_id and id = :id and state = :was;

-- casestudy_event_add (organisation_id int, casestudy_id int, number int, now int, what text,
--   made_by int, version int, reason text) -> changes
-- Something happened.
insert into casestudy_event (organisation_id, casestudy_id, number, at, what, made_by, version, reason)
values (:organisation_id, :casestudy_id, :number, :now, :what, :made_by, :version, :reason);

-- casestudy_events (organisation_id int, casestudy_id int, at_most int)
--   -> many (number int, at int, what text, made_by int, version int, reason text, name text?)
-- What happened, newest first. Reads person.
select e.number, e.at, e.what, e.made_by, e.version, e.reason, p.name
from casestudy_event e
left join person p on p.id = e.made_by
where e.organisation_id = :organisation_id and e.casestudy_id = :casestudy_id
order by e.number desc limit :at_most;

-- casestudy_last_deed (organisation_id int, casestudy_id int) -> one (what text)
-- What its author or an editor did last with the whole: not with a consent or a picture.
select e.what from casestudy_event e
where e.organisation_id = :organisation_id and e.casestudy_id = :casestudy_id
  and e.what not in ('consent', 'picture', 'paper', 'paper-counted', 'paper-refused')
order by e.number desc limit 1;

-- casestudy_show_to_all (organisation_id int, id int, version int, now int, title text, summary text,
--   stage text, stage_name text, pillar text, evidence text, review_on text) -> changes
-- The public reads that version from now on.
update casestudy
set is_live = 1, published_version = :version, published_at = case when published_at > 0 then published_at else :now end,
    title = :title, summary = :summary, stage = :stage, stage_name = :stage_name,
    pillar = :pillar, evidence = :evidence, review_on = :review_on
where organisation_id = :organisation_id and id = :id;

-- casestudy_hide (organisation_id int, id int) -> changes
-- The public reads it no more.
update casestudy set is_live = 0, review_on = null
where organisation_id = :organisation_id and id = :id;

-- casestudy_review_set (organisation_id int, id int, review_on text) -> changes
-- It is still right, and looked at again on that day.
update casestudy set review_on = :review_on
where organisation_id = :organisation_id and id = :id and is_live = 1;

-- casestudy_to_ask (day text, at_most int) -> many (reference text)
-- Whose author must be asked whether it is still right.
select c.reference from casestudy c
where c.is_live = 1 and c.review_on <= :day and c.asked_on <> c.review_on and c.email_key <> ''
order by c.review_on, c.id limit :at_most;

-- casestudy_asked_set (organisation_id int, id int, review_on text) -> changes
-- The author was asked.
update casestudy set asked_on = :review_on
where organisation_id = :organisation_id and id = :id and asked_on <> :review_on;

-- ---- lists ----

-- casestudy_list (stage text optional, pillar text optional, evidence text optional,
--   region text optional, kind text optional)
--   -> page (title text, summary text, organisation text, stage text, pillar text, evidence text,
--            region text, kind text, reuse_count int, published_at int, reference text,
--            organisation_code text, stage_name text, review_on text?, id int)
-- What the public reads.
-- sort newest: c.published_at desc, c.id desc
-- sort oldest: c.published_at, c.id
-- sort reused: c.reuse_count desc, c.published_at desc, c.id desc
select c.title, c.summary, c.organisation, c.stage, c.pillar, c.evidence, c.region, c.kind,
       c.reuse_count, c.published_at, c.reference, c.organisation_code, c.stage_name, c.review_on,
       c.id
from casestudy c
where c.is_live = 1
[[stage: and c.stage = :stage ]]
[[pillar: and c.pillar = :pillar ]]
[[evidence: and c.evidence = :evidence ]]
[[region: and c.region = :region ]]
[[kind: and c.kind = :kind ]];

-- casestudy_queue (state text optional, today text, due int optional, paper int optional)
--   -> page (title text, organisation text, state text, is_live int, state_at int, review_on text?,
--            reference text, version int, organisation_code text, id int)
-- What the editors work on; due: live ones whose day of review has come; paper: those with a consent
-- on paper to look at. The title is that of the newest words.
-- sort oldest: c.state_at, c.id
-- sort newest: c.state_at desc, c.id desc
select v.title, c.organisation, c.state, c.is_live, c.state_at, c.review_on, c.reference, c.version,
       c.organisation_code, c.id
from casestudy c
join casestudy_version v on v.organisation_id = c.organisation_id and v.casestudy_id = c.id
  and v.version = c.version
where c.state <> 'unconfirmed' and :today <> ''
[[state: and c.state = :state ]]
[[due: and c.is_live = 1 and c.review_on <= :today and :due = 1 ]]
[[paper: and :paper = 1
    and exists (select 1 from casestudy_paper p
                where p.organisation_id = c.organisation_id and p.casestudy_id = c.id
                  and p.state = 'waiting') ]];

-- casestudy_waiting (state text) -> one (studies int, oldest_at int?)
-- How many are in a state, and since when.
select count(*), min(c.state_at) from casestudy c where c.state = :state;

-- casestudy_review_waiting (today text) -> one (studies int, oldest_on text?)
-- How many must be looked at again, and since which day.
select count(*), min(c.review_on) from casestudy c where c.is_live = 1 and c.review_on <= :today;

-- casestudy_unproved_consent () -> one (studies int, oldest_at int?)
-- How many came down because a consent was taken back, and nobody has looked at them since.
select count(*), min(c.state_at)
from casestudy c
where c.state = 'withdrawn'
  and (select e.what from casestudy_event e
       where e.organisation_id = c.organisation_id and e.casestudy_id = c.id
         and e.what not in ('consent', 'picture', 'paper', 'paper-counted', 'paper-refused')
       order by e.number desc limit 1) not in ('withdrawn', 'taken-back');

-- casestudy_of_organisation (organisation_id int, at_most int)
--   -> many (reference text, title text, summary text, published_at int)
-- The live ones of an organisation, newest first.
select c.reference, c.title, c.summary, c.published_at from casestudy c
where c.organisation_id = :organisation_id and c.is_live = 1
order by c.published_at desc limit :at_most;

-- casestudy_reused_by (organisation_id int, at_most int) -> many (reference text, title text)
-- The live ones that an organisation did too, newest first.
select c.reference, c.title
from casestudy_reuse r
join casestudy c on c.organisation_id = r.organisation_id and c.id = r.casestudy_id
where r.reuser_id = :organisation_id and r.state = 'counted' and c.is_live = 1
order by r.counted_at desc limit :at_most;

-- ---- pictures and people ----

-- casestudy_picture_add (organisation_id int, casestudy_id int, number int, upload_id int, type text,
--   width_px int, height_px int, alternative text, shows_people int, state text) -> changes
-- A picture more.
insert into casestudy_picture (organisation_id, casestudy_id, number, upload_id, type, width_px,
                               height_px, alternative, shows_people, state)
values (:organisation_id, :casestudy_id, :number, :upload_id, :type, :width_px, :height_px,
        :alternative, :shows_people, :state);

-- casestudy_pictures (organisation_id int, casestudy_id int, at_most int)
--   -> many (number int, upload_id int, type text, width_px int, height_px int, alternative text,
--            shows_people int, state text)
-- The pictures of a case study.
select p.number, p.upload_id, p.type, p.width_px, p.height_px, p.alternative, p.shows_people, p.state
from casestudy_picture p
where p.organisation_id = :organisation_id and p.casestudy_id = :casestudy_id
order by p.number limit :at_most;

-- casestudy_picture_set (organisation_id int, casestudy_id int, number int, state text) -> changes
-- Whether it may be shown; one that is gone stays gone.
update casestudy_picture set state = :state
where organisation_id = :organisation_id and casestudy_id = :casestudy_id and number = :number
  and state <> 'gone' and state <> :state;

-- casestudy_pictures_gone (at_most int) -> many (organisation_id int, casestudy_id int, number int,
--   upload_id int, reference text)
-- Pictures that are gone and whose bytes nothing holds. Reads privacy_hold, person.
select p.organisation_id, p.casestudy_id, p.number, p.upload_id, c.reference
from casestudy_picture p
join casestudy c on c.organisation_id = p.organisation_id and c.id = p.casestudy_id
where p.state = 'gone' and p.upload_id > 0
  and not exists (select 1 from privacy_hold h
                  where h.released_at is null and h.code = c.reference)
  and not exists (select 1 from casestudy_shown s
                  join casestudy_person x on x.organisation_id = s.organisation_id
                    and x.casestudy_id = s.casestudy_id and x.number = s.person
                  join privacy_hold h on h.released_at is null
                    and h.email_key in (x.email_key, x.guardian_key)
                  where s.organisation_id = p.organisation_id and s.casestudy_id = p.casestudy_id
                    and s.picture = p.number)
limit :at_most;

-- casestudy_picture_forget (organisation_id int, casestudy_id int, number int) -> changes
-- Its bytes are gone too.
update casestudy_picture set upload_id = 0
where organisation_id = :organisation_id and casestudy_id = :casestudy_id and number = :number;

-- casestudy_person_add (organisation_id int, casestudy_id int, number int, reference text, name text,
--   email text, email_key text, age text, guardian_name text, guardian_email text,
--   guardian_key text) -> changes
-- Somebody who can be known in a picture.
insert into casestudy_person (organisation_id, casestudy_id, number, reference, name, email,
                              email_key, age, guardian_name, guardian_email, guardian_key, said,
                              guardian_said)
values (:organisation_id, :casestudy_id, :number, :reference, :name, :email, :email_key, :age,
        :guardian_name, :guardian_email, :guardian_key, '', '');

-- casestudy_asked_since (email_key text, since int) -> one (people int)
-- For how many people an address is to be asked by what was sent since then, itself or as guardian.
select (select count(*) from casestudy_person x
        join casestudy c on c.organisation_id = x.organisation_id and c.id = x.casestudy_id
        where x.email_key <> '' and x.email_key = :email_key and c.sent_at > :since)
     + (select count(*) from casestudy_person x
        join casestudy c on c.organisation_id = x.organisation_id and c.id = x.casestudy_id
        where x.guardian_key <> '' and x.guardian_key = :email_key and c.sent_at > :since);

-- casestudy_people (organisation_id int, casestudy_id int, at_most int)
--   -> many (number int, reference text, name text, email text, age text, guardian_name text,
--            guardian_email text, said text, guardian_said text)
-- Who can be known in the pictures of a case study.
select x.number, x.reference, x.name, x.email, x.age, x.guardian_name, x.guardian_email, x.said,
       x.guardian_said
from casestudy_person x
where x.organisation_id = :organisation_id and x.casestudy_id = :casestudy_id
order by x.number limit :at_most;

-- casestudy_person_linked (organisation_id int, casestudy_id int, number int, link_hash text?,
--   guardian_hash text?) -> changes
-- Links were mailed to them.
update casestudy_person set link_hash = :link_hash, guardian_hash = :guardian_hash
where organisation_id = :organisation_id and casestudy_id = :casestudy_id and number = :number;

-- casestudy_person_by_link (hash text)
--   -> one (organisation_id int, casestudy_id int, number int, is_guardian int)
-- Whose link it is.
select x.organisation_id, x.casestudy_id, x.number, 0 from casestudy_person x where x.link_hash = :hash
union all
select x.organisation_id, x.casestudy_id, x.number, 1 from casestudy_person x where x.guardian_hash = :hash;

-- casestudy_person_says (organisation_id int, casestudy_id int, number int, said text,
--   guardian_said text) -> changes
-- What they and their guardian say now.
update casestudy_person set said = :said, guardian_said = :guardian_said
where organisation_id = :organisation_id and casestudy_id = :casestudy_id and number = :number;

-- casestudy_shown_add (organisation_id int, casestudy_id int, picture int, person int) -> changes
-- They can be known in that picture.
insert into casestudy_shown (organisation_id, casestudy_id, picture, person)
values (:organisation_id, :casestudy_id, :picture, :person)
on conflict do nothing;

-- casestudy_shown_in (organisation_id int, casestudy_id int, at_most int)
--   -> many (picture int, person int)
-- Who can be known in which picture.
select s.picture, s.person from casestudy_shown s
where s.organisation_id = :organisation_id and s.casestudy_id = :casestudy_id
order by s.picture, s.person limit :at_most;

-- ---- consent on paper ----

-- casestudy_paper_add (organisation_id int, casestudy_id int, id int, person int, signed_on text,
--   guardian_signed_on text, kept_at text, upload_id int, now int, recorded_by int) -> changes
-- A consent on paper was written down.
insert into casestudy_paper (organisation_id, casestudy_id, id, person, signed_on,
                             guardian_signed_on, kept_at, upload_id, state, recorded_at,
                             recorded_by, checked_at, checked_by, note)
values (:organisation_id, :casestudy_id, :id, :person, :signed_on, :guardian_signed_on, :kept_at,
        :upload_id, 'waiting', :now, :recorded_by, 0, 0, '');

-- casestudy_paper_replace (organisation_id int, casestudy_id int, person int) -> changes
-- What waits for an editor is written down anew.
update casestudy_paper set state = 'replaced'
where organisation_id = :organisation_id and casestudy_id = :casestudy_id and person = :person
  and state = 'waiting';

-- casestudy_paper_settle (organisation_id int, casestudy_id int, id int, state text, now int,
--   checked_by int, note text) -> changes
-- An editor has looked at it.
update casestudy_paper
set state = :state, checked_at = :now, checked_by = :checked_by, note = :note
where organisation_id = :organisation_id and casestudy_id = :casestudy_id and id = :id
  and state = 'waiting';

-- casestudy_papers (organisation_id int, casestudy_id int, at_most int)
--   -> many (id int, person int, signed_on text, guardian_signed_on text, kept_at text,
--            upload_id int, state text, recorded_at int, recorded_by int, checked_at int, note text)
-- The consents on paper of a case study, newest first.
select p.id, p.person, p.signed_on, p.guardian_signed_on, p.kept_at, p.upload_id, p.state,
       p.recorded_at, p.recorded_by, p.checked_at, p.note
from casestudy_paper p
where p.organisation_id = :organisation_id and p.casestudy_id = :casestudy_id
order by p.id desc limit :at_most;

-- casestudy_papers_waiting () -> one (papers int, oldest_at int?)
-- How many wait for an editor, and since when.
select count(*), min(p.recorded_at) from casestudy_paper p where p.state = 'waiting';

-- casestudy_papers_over (at_most int) -> many (organisation_id int, casestudy_id int, id int,
--   upload_id int, reference text)
-- Scans of papers that came to nothing, and that nothing holds. Reads privacy_hold.
select p.organisation_id, p.casestudy_id, p.id, p.upload_id, c.reference
from casestudy_paper p
join casestudy c on c.organisation_id = p.organisation_id and c.id = p.casestudy_id
where p.upload_id > 0 and p.state in ('refused', 'replaced')
  and not exists (select 1 from privacy_hold h
                  where h.released_at is null and h.code = c.reference)
  and not exists (select 1 from casestudy_person x
                  join privacy_hold h on h.released_at is null
                    and h.email_key in (x.email_key, x.guardian_key)
                  where x.organisation_id = p.organisation_id and x.casestudy_id = p.casestudy_id
                    and x.number = p.person)
limit :at_most;

-- casestudy_paper_scan_gone (organisation_id int, casestudy_id int, id int) -> changes
-- Its scan is gone.
update casestudy_paper set upload_id = 0
where organisation_id = :organisation_id and casestudy_id = :casestudy_id and id = :id;

-- casestudy_paper_forget (organisation_id int, casestudy_id int, person int) -> changes
-- What papers say of somebody is forgotten; what waits for an editor comes to nothing.
update casestudy_paper
set kept_at = '', note = '', upload_id = 0,
    state = case when state = 'waiting' then 'replaced' else state end
where organisation_id = :organisation_id and casestudy_id = :casestudy_id and person = :person;

-- casestudy_held (organisation_id int, casestudy_id int, person int) -> one (holds int)
-- Whether a legal hold stands on a case study, or on somebody in it. Reads privacy_hold.
select (select count(*) from casestudy c
        join privacy_hold h on h.released_at is null and h.code in (c.reference, c.organisation_code)
        where c.organisation_id = :organisation_id and c.id = :casestudy_id)
     + (select count(*) from casestudy_person x
        join privacy_hold h on h.released_at is null and h.email_key in (x.email_key, x.guardian_key)
        where x.organisation_id = :organisation_id and x.casestudy_id = :casestudy_id
          and x.number = :person);

-- ---- reuse ----

-- casestudy_reuse_add (organisation_id int, casestudy_id int, id int, reference text, reuser_id int,
--   reuser_code text, reuser text, words text, name text, email text, email_key text, now int)
--   -> changes
-- Somebody did it too; no row when the reference is taken.
insert into casestudy_reuse (organisation_id, casestudy_id, id, reference, reuser_id, reuser_code,
                             reuser, words, name, email, email_key, state, sent_at)
values (:organisation_id, :casestudy_id, :id, :reference, :reuser_id, :reuser_code, :reuser, :words,
        :name, :email, :email_key, 'unconfirmed', :now)
on conflict do nothing;

-- casestudy_reuse_row (reference text)
--   -> one (organisation_id int, casestudy_id int, id int, reference text, reuser_id int,
--           reuser_code text, reuser text, words text, state text, sent_at int, study text,
--           title text)
-- One reuse, and of which case study.
select r.organisation_id, r.casestudy_id, r.id, r.reference, r.reuser_id, r.reuser_code, r.reuser,
       r.words, r.state, r.sent_at, c.reference as study, c.title
from casestudy_reuse r
join casestudy c on c.organisation_id = r.organisation_id and c.id = r.casestudy_id
where r.reference = :reference;

-- casestudy_reuse_counted (organisation_id int, casestudy_id int, reuser_id int) -> one (counted int)
-- Whether an organisation counts already.
select count(*) from casestudy_reuse r
where r.organisation_id = :organisation_id and r.casestudy_id = :casestudy_id
  and r.reuser_id = :reuser_id and r.state = 'counted';

-- casestudy_reuse_set (organisation_id int, casestudy_id int, id int, state text, counted_at int?)
--   -> changes
-- Where it stands now.
update casestudy_reuse set state = :state, counted_at = :counted_at
where organisation_id = :organisation_id and casestudy_id = :casestudy_id and id = :id;

-- casestudy_reuse_recount (organisation_id int, id int) -> changes
-- How many organisations did it too.
update casestudy
set reuse_count = (select count(*) from casestudy_reuse r
                   where r.organisation_id = :organisation_id and r.casestudy_id = :id
                     and r.state = 'counted')
where organisation_id = :organisation_id and id = :id;

-- casestudy_reuses (organisation_id int, casestudy_id int, at_most int)
--   -> many (reference text, reuser_code text, reuser text, words text, counted_at int?, id int)
-- Which organisations did it too, newest first.
select r.reference, r.reuser_code, r.reuser, r.words, r.counted_at, r.id
from casestudy_reuse r
where r.organisation_id = :organisation_id and r.casestudy_id = :casestudy_id and r.state = 'counted'
order by r.id desc limit :at_most;

-- ---- proof of an address ----

-- casestudy_proof_add (organisation_id int, casestudy_id int, reference text, email_key text, now int,
--   link_hash text, code_hash text) -> changes
-- A code and a link were mailed.
insert into casestudy_proof (organisation_id, casestudy_id, reference, email_key, sent_at, link_hash,
                             code_hash, code_tries, tried_by, tried_at)
values (:organisation_id, :casestudy_id, :reference, :email_key, :now, :link_hash, :code_hash, 0, '', 0);

-- casestudy_proof_mails (email_key text, hour int, day int) -> one (hour_count int, day_count int)
-- How many were mailed to this address lately.
select cast(coalesce(sum(case when f.sent_at > :hour then 1 else 0 end), 0) as bigint), count(*)
from casestudy_proof f
where f.email_key = :email_key and f.sent_at > :day and f.email_key <> '';

-- casestudy_proof_row (reference text) -> one (sent_at int)
-- When the link and the code of a case study or a reuse were mailed.
select f.sent_at from casestudy_proof f where f.reference = :reference;

-- casestudy_proof_code (reference text)
--   -> one (thing text, code_hash text, code_tries int, sent_at int)
-- The code that was mailed for a case study or a reuse (proof.h).
select f.reference, f.code_hash, f.code_tries, f.sent_at
from casestudy_proof f where f.reference = :reference;

-- casestudy_proof_by_link (hash text) -> one (reference text)
-- What a link opens.
select f.reference from casestudy_proof f where f.link_hash = :hash
union all
select f.reference from casestudy_proof f where f.later_hash = :hash;

-- casestudy_proof_tries (caller text, hour int) -> one (wrong int)
-- How many wrong codes a caller typed lately.
select cast(coalesce(sum(f.code_tries), 0) as bigint)
from casestudy_proof f
where f.tried_by = :caller and f.tried_by <> '' and f.tried_at > :hour;

-- casestudy_proof_wrong (reference text, caller text, now int) -> changes
-- A wrong code was typed.
update casestudy_proof set code_tries = code_tries + 1, tried_by = :caller, tried_at = :now
where reference = :reference;

-- casestudy_proof_forget_callers (day int, at_most int) -> changes
-- Who typed a wrong code before that is no longer known.  tried_by > '' is what the index is asked by.
update casestudy_proof set tried_by = ''
where (organisation_id, casestudy_id, reference) in (
    select f.organisation_id, f.casestudy_id, f.reference from casestudy_proof f
    where f.tried_by <> '' and f.tried_by > '' and f.tried_at <= :day
    limit :at_most);

-- casestudy_proof_later (reference text, later_hash text) -> changes
-- Another link opens it, besides the first.
update casestudy_proof set later_hash = :later_hash where reference = :reference;

-- casestudy_reuse_others (organisation_id int, casestudy_id int, reuser_id int, at_most int)
--   -> many (id int)
-- Who of the same organisation said so too, the first first.
select r.id from casestudy_reuse r
where r.organisation_id = :organisation_id and r.casestudy_id = :casestudy_id
  and r.reuser_id = :reuser_id and r.state = 'again'
order by r.id limit :at_most;

-- ---- what people may ask for, and what goes ----

-- casestudy_copy (email_key text, at_most int)
--   -> many (reference text, organisation_code text, organisation text, state text, sent_at int,
--            name text, role text, email text, title text?)
-- The case studies that this address sent.
select c.reference, c.organisation_code, c.organisation, c.state, c.sent_at, c.author_name as name,
       c.author_role as role, c.email, v.title
from casestudy c
left join casestudy_version v on v.organisation_id = c.organisation_id and v.casestudy_id = c.id
  and v.version = 1
where c.email_key = :email_key and c.email_key <> ''
order by c.sent_at limit :at_most;

-- casestudy_erase (email_key text) -> changes
-- Who sent it is forgotten.
update casestudy set author_name = '', author_role = '', email = '', email_key = ''
where email_key = :email_key and email_key <> '';

-- casestudy_contact_copy (email_key text, at_most int)
--   -> many (reference text, version int, who_to_ask text, address text)
-- Where this address is the one to ask.
select c.reference, v.version, v.contact as who_to_ask, v.contact_email as address
from casestudy_version v
join casestudy c on c.organisation_id = v.organisation_id and c.id = v.casestudy_id
where v.contact_email = :email_key and v.contact_email <> ''
order by v.made_at limit :at_most;

-- casestudy_contact_erase (email_key text) -> changes
-- It is no more the one to ask.
update casestudy_version set contact = '', contact_email = ''
where contact_email = :email_key and contact_email <> '';

-- casestudy_event_copy (person_id int, at_most int)
--   -> many (reference text, at int, what text, reason text)
-- What an editor did.
select c.reference, e.at, e.what, e.reason
from casestudy_event e
join casestudy c on c.organisation_id = e.organisation_id and c.id = e.casestudy_id
where e.made_by = :person_id and e.made_by > 0
order by e.at limit :at_most;

-- casestudy_person_copy (email_key text, at_most int)
--   -> many (reference text, case_study text, name text, email text, age text, said text,
--            guardian_name text, guardian_email text, guardian_said text)
-- Where this address is shown, or its child is.
select x.reference, c.reference as case_study, x.name, x.email, x.age, x.said, x.guardian_name,
       x.guardian_email, x.guardian_said
from casestudy_person x
join casestudy c on c.organisation_id = x.organisation_id and c.id = x.casestudy_id
where x.email_key <> '' and x.email_key = :email_key
union all
select x.reference, c.reference as case_study, x.name, x.email, x.age, x.said, x.guardian_name,
       x.guardian_email, x.guardian_said
from casestudy_person x
join casestudy c on c.organisation_id = x.organisation_id and c.id = x.casestudy_id
where x.guardian_key <> '' and x.guardian_key = :email_key
limit :at_most;

-- casestudy_person_of (email_key text, at_most int)
--   -> many (organisation_id int, casestudy_id int, number int, is_guardian int)
-- The same as keys.
select x.organisation_id, x.casestudy_id, x.number, 0
from casestudy_person x where x.email_key <> '' and x.email_key = :email_key
union all
select x.organisation_id, x.casestudy_id, x.number, 1
from casestudy_person x where x.guardian_key <> '' and x.guardian_key = :email_key
limit :at_most;

-- casestudy_person_forget (organisation_id int, casestudy_id int, number int) -> changes
-- Who was shown is forgotten, and their guardian.
update casestudy_person
set name = '', email = '', email_key = '', guardian_name = '', guardian_email = '',
    guardian_key = '', link_hash = null, guardian_hash = null
where organisation_id = :organisation_id and casestudy_id = :casestudy_id and number = :number;

-- casestudy_paper_copy (person_id int, email_key text, at_most int)
--   -> many (case_study text, signed_on text, guardian_signed_on text, kept_at text, state text,
--            your_part text)
-- The consents on paper of this address or of its child, and those that an editor worked on.
select c.reference as case_study, p.signed_on, p.guardian_signed_on, p.kept_at, p.state,
       'from you' as your_part
from casestudy_person x
join casestudy_paper p on p.organisation_id = x.organisation_id
  and p.casestudy_id = x.casestudy_id and p.person = x.number
join casestudy c on c.organisation_id = x.organisation_id and c.id = x.casestudy_id
where x.email_key <> '' and x.email_key = :email_key
union all
select c.reference, p.signed_on, p.guardian_signed_on, p.kept_at, p.state, 'from you as guardian'
from casestudy_person x
join casestudy_paper p on p.organisation_id = x.organisation_id
  and p.casestudy_id = x.casestudy_id and p.person = x.number
join casestudy c on c.organisation_id = x.organisation_id and c.id = x.casestudy_id
where x.guardian_key <> '' and x.guardian_key = :email_key
union all
select c.reference, '', '', '', p.state, 'you wrote it down'
from casestudy_paper p
join casestudy c on c.organisation_id = p.organisation_id and c.id = p.casestudy_id
where p.recorded_by = :person_id and p.recorded_by > 0
union all
select c.reference, '', '', '', p.state, 'you looked at it'
from casestudy_paper p
join casestudy c on c.organisation_id = p.organisation_id and c.id = p.casestudy_id
where p.checked_by = :person_id and p.checked_by > 0
limit :at_most;

-- casestudy_reuse_copy (email_key text, at_most int)
--   -> many (reference text, organisation_code text, case_study text, state text, sent_at int,
--            name text, email text, words text)
-- What this address said that it did too.
select r.reference, r.reuser_code as organisation_code, c.reference as case_study, r.state, r.sent_at,
       r.name, r.email, r.words
from casestudy_reuse r
join casestudy c on c.organisation_id = r.organisation_id and c.id = r.casestudy_id
where r.email_key = :email_key and r.email_key <> ''
order by r.sent_at limit :at_most;

-- casestudy_reuse_erase (email_key text) -> changes
-- Who said so is forgotten.
update casestudy_reuse set name = '', email = '', email_key = '', words = ''
where email_key = :email_key and email_key <> '';

-- casestudy_proof_erase (email_key text) -> changes
-- To whom a code went is forgotten.
update casestudy_proof set email_key = '' where email_key = :email_key and email_key <> '';

-- casestudy_due (before int, unconfirmed int, at_most int)
--   -> many (organisation_id int, id int, reference text)
-- Those that were withdrawn or returned before a time, and those that nobody confirmed, unless they
-- are held themselves, or their author, organisation, who is shown, a guardian or who did it too.
-- Reads privacy_hold, person.
select c.organisation_id, c.id, c.reference
from casestudy c
where ((c.state in ('withdrawn', 'returned') and c.state_at < :before)
       or (c.state = 'unconfirmed' and c.state_at < :unconfirmed))
  and c.is_live = 0
  and not exists (select 1 from privacy_hold h
                  where h.released_at is null and c.email_key <> '' and h.email_key = c.email_key)
  and not exists (select 1 from privacy_hold h join person p on p.id = h.person_id
                  where h.released_at is null and c.email_key <> '' and p.email_key = c.email_key)
  and not exists (select 1 from privacy_hold h
                  where h.released_at is null and (h.code = c.reference or h.code = c.organisation_code))
  and not exists (select 1 from casestudy_person x
                  join privacy_hold h on h.released_at is null
                    and h.email_key in (x.email_key, x.guardian_key)
                  where x.organisation_id = c.organisation_id and x.casestudy_id = c.id)
  and not exists (select 1 from casestudy_reuse r
                  join privacy_hold h on h.released_at is null and h.email_key = r.email_key
                  where r.organisation_id = c.organisation_id and r.casestudy_id = c.id)
limit :at_most;

-- casestudy_remove (organisation_id int, id int) -> changes
-- It goes with all that hangs on it.
delete from casestudy where organisation_id = :organisation_id and id = :id;

-- casestudy_reuse_sweep (unconfirmed int) -> changes
-- What nobody confirmed in time.
delete from casestudy_reuse where state = 'unconfirmed' and sent_at < :unconfirmed;

-- casestudy_proof_sweep (unconfirmed int) -> changes
-- Codes of reuses that are not there any more.
delete from casestudy_proof
where sent_at < :unconfirmed and reference >= 'RU-' and reference < 'RU.'
  and not exists (select 1 from casestudy_reuse r where r.reference = casestudy_proof.reference);
