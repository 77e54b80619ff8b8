-- paper_add_row (organisation_id int, id int, reference text, about text, organisation text, name text, pledge text, revision int, side text, came_by text, received_on text, now int, added_by int, email text, email_key text, upload_id int, digest text, page_count int) -> changes
-- A paper has come.
insert into paper (organisation_id, id, reference, about, organisation, name, pledge, revision, side,
                   came_by, received_on, came_at, added_by, email, email_key, upload_id, digest,
                   page_count, state, is_open, state_at, version, signer, signed_on, transcript,
                   recorded_by, recorded_at, checked_by, checked_at, note)
values (:organisation_id, :id, :reference, :about, :organisation, :name, :pledge, :revision, :side,
        :came_by, :received_on, :now, :added_by, :email, :email_key, :upload_id, :digest,
        :page_count, 'waiting', 1, :now, 0, '', '', '', 0, 0, 0, 0, '');

-- paper_row (reference text) -> one (organisation_id int, id int, reference text, about text, organisation text, name text, pledge text, revision int, side text, came_by text, received_on text, came_at int, added_by int, email text, upload_id int, digest text, page_count int, state text, state_at int, version int, signer text, signed_on text, transcript text, recorded_by int, recorded_at int, checked_by int, checked_at int, note text)
-- One paper, whoever may see it: the caller decides.
select organisation_id, id, reference, about, organisation, name, pledge, revision, side, came_by,
       received_on, came_at, added_by, email, upload_id, digest, page_count, state, state_at,
       version, signer, signed_on, transcript, recorded_by, recorded_at, checked_by, checked_at,
       note
from paper where reference = :reference;

-- paper_open_of (pledge text, side text) -> one (reference text, digest text, state text, received_on text)
-- The paper of a side that waits to be recorded or checked; there is at most one.
select reference, digest, state, received_on from paper
where pledge = :pledge and side = :side and is_open = 1 and about = 'signature';

-- paper_open_whole (organisation_id int, digest text) -> one (reference text)
-- The whole pledge of an organisation that was put in with this scan, and is not settled.
select reference from paper
where organisation_id = :organisation_id and digest = :digest and is_open = 1 and about = 'pledge'
order by id limit 1;

-- paper_of_pledge (pledge text, at_most int) -> many (reference text, about text, side text, state text, received_on text)
-- The papers of a pledge, oldest first.
select reference, about, side, state, received_on from paper
where pledge = :pledge order by id limit :at_most;

-- paper_record (organisation_id int, id int, version int, signer text, signed_on text, transcript text, email text, email_key text, person_id int, now int) -> changes
-- What is on it is written down, if nobody has since.
update paper
set state = 'recorded', state_at = :now, version = version + 1, signer = :signer,
    signed_on = :signed_on, transcript = :transcript, email = :email, email_key = :email_key,
    recorded_by = :person_id, recorded_at = :now, checked_by = 0, checked_at = 0, note = ''
where organisation_id = :organisation_id and id = :id and version = :version and is_open = 1;

-- paper_end (organisation_id int, id int, version int, state text, is_open int, pledge text, transcript text, person_id int, now int, note text) -> changes
-- It counts, is refused, replaced or sent back, if nobody has written down anything since.
update paper
set state = :state, is_open = :is_open, state_at = :now, pledge = :pledge,
    transcript = :transcript, checked_by = :person_id, checked_at = :now, note = :note
where organisation_id = :organisation_id and id = :id and version = :version and is_open = 1;

-- paper_drop_scan (organisation_id int, id int) -> changes
-- Its scan was removed, because another one took its place.
update paper set upload_id = 0 where organisation_id = :organisation_id and id = :id;

-- paper_queue (today text, scope text optional, state text optional) -> page (reference text, organisation text, organisation_code text, about text, side text, pledge text, came_by text, received_on text, state text, state_at int, id int)
-- Papers, the longest untouched first. Reads organisation_within.
-- sort waiting: p.state_at, p.id
-- sort newest: p.state_at desc, p.id desc
select p.reference, p.name as organisation, p.organisation as organisation_code, p.about, p.side,
       p.pledge, p.came_by, p.received_on, p.state, p.state_at, p.id
from paper p
where :today <> ''
[[scope: and p.organisation in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[state: and p.state = :state ]];

-- paper_waiting (today text, state text, scope text optional) -> one (papers int, oldest_at int?)
-- How many papers stand in a state, and since when the oldest of them. Reads organisation_within.
select count(*), min(p.state_at) from paper p
where p.state = :state and :today <> ''
[[scope: and p.organisation in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- ---- a person's own data: see paper_privacy.c ----

-- paper_copy (person_id int, email_key text, at_most int)
--   -> many (paper text, pledge text, organisation text, organisation_code text, holds text, came_by text, received_on text, name_written text, signed_on text, state text, your_part text)
-- The papers that a person signed or sent, and those that they worked on.
select p.reference as paper, p.pledge, p.name as organisation, p.organisation as organisation_code,
       p.about as holds, p.came_by, p.received_on, p.signer as name_written, p.signed_on, p.state,
       'from you' as your_part
from paper p where p.email_key = :email_key and p.email_key <> ''
union all
select p.reference, p.pledge, p.name, p.organisation, p.about, p.came_by, p.received_on, '', '',
       p.state, 'you recorded it'
from paper p where p.recorded_by = :person_id and p.recorded_by <> 0
union all
select p.reference, p.pledge, p.name, p.organisation, p.about, p.came_by, p.received_on, '', '',
       p.state, 'you looked over it'
from paper p where p.checked_by = :person_id and p.checked_by <> 0
union all
select p.reference, p.pledge, p.name, p.organisation, p.about, p.came_by, p.received_on, '', '',
       p.state, 'you put it in'
from paper p where p.added_by = :person_id and p.added_by <> 0
limit :at_most;

-- paper_erase (email_key text) -> changes
-- Where to write to, and the name as it was written, go from papers that are settled.
update paper set email = '', email_key = '', signer = ''
where email_key = :email_key and is_open = 0;

-- paper_due (before int, at_most int) -> many (organisation_id int, id int, reference text, upload_id int)
-- Papers that came to nothing before a time, and those of pledges that ended before it. Reads pledge,
-- privacy_hold.
-- scans paper - once a night
select p.organisation_id, p.id, p.reference, p.upload_id
from paper p
where p.is_open = 0
  and ((p.state in ('refused', 'replaced') and p.state_at < :before)
       or (p.state = 'counted'
           and exists (select 1 from pledge g where g.reference = p.pledge and g.is_live = 0
                         and g.state_at < :before)))
  and not exists (select 1 from privacy_hold h
                  where h.released_at is null and h.code = p.reference)
  and not exists (select 1 from privacy_hold h
                  where h.released_at is null and h.code = p.pledge)
  and not exists (select 1 from privacy_hold h
                  where h.released_at is null and h.code = p.organisation)
  and not exists (select 1 from privacy_hold h
                  where h.released_at is null and h.email_key = p.email_key and p.email_key <> '')
order by p.id limit :at_most;

-- paper_remove (organisation_id int, id int) -> changes
-- A paper goes; its scan has gone before.
delete from paper where organisation_id = :organisation_id and id = :id;
