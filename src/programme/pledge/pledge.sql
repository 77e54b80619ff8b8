-- pledge_add (organisation_id int, id int, reference text, code text, framework text, framework_version text, wording text, now int, name text, name_key text, town text, organisation_code text, kind text, board text, region text) -> changes
-- Adds a pledge before its first event; pledge_move gives it its state.
insert into pledge (organisation_id, id, reference, code, framework, framework_version, wording,
                    created_at, revision, state, state_at, is_live, is_public, name, name_key, town,
                    organisation_code, kind, board, region, action_count, holder_id)
values (:organisation_id, :id, :reference, :code, :framework, :framework_version, :wording, :now, 0,
        'none', :now, 1, 0, :name, :name_key, :town, :organisation_code, :kind, :board, :region, 0,
        :organisation_id);

-- pledge_move (organisation_id int, id int, state text, now int, is_live int, is_public int, signed_on text?, published_at int?, period int, review_on text?) -> changes
-- What follows from the newest event.
update pledge
set state = :state, state_at = :now, is_live = :is_live, is_public = :is_public,
    signed_on = :signed_on, published_at = :published_at, period = :period,
    review_on = :review_on
where organisation_id = :organisation_id and id = :id;

-- pledge_renew_revision (organisation_id int, id int, revision int, wording text, framework_version text, action_count int) -> changes
-- The pledge now has this revision.
update pledge
set revision = :revision, wording = :wording, framework_version = :framework_version,
    action_count = :action_count
where organisation_id = :organisation_id and id = :id;

-- pledge_revision_add (organisation_id int, pledge_id int, revision int, sent_at int, text text, public_text text, text_digest text, statement text, leader_name text, leader_title text, leader_email text, has_union int, union_code text, union_name text, cosigner_name text, cosigner_title text, cosigner_email text, leader_key text, cosigner_key text, no_union_reason text, shows_leader int, shows_cosigner int, shows_leads int, plan_upload_id int) -> changes
-- Keeps what was sent.
insert into pledge_revision (organisation_id, pledge_id, revision, sent_at, text, public_text,
    text_digest, statement, leader_name, leader_title, leader_email, has_union, union_code,
    union_name, cosigner_name, cosigner_title, cosigner_email, leader_key, cosigner_key,
    no_union_reason, shows_leader, shows_cosigner, shows_leads, plan_upload_id)
values (:organisation_id, :pledge_id, :revision, :sent_at, :text, :public_text, :text_digest,
    :statement, :leader_name, :leader_title, :leader_email, :has_union, :union_code, :union_name,
    :cosigner_name, :cosigner_title, :cosigner_email, :leader_key, :cosigner_key,
    :no_union_reason, :shows_leader, :shows_cosigner, :shows_leads, :plan_upload_id);

-- pledge_intention_add (organisation_id int, pledge_id int, revision int, intention text, position int) -> changes
-- One intention that the revision covers.
insert into pledge_intention (organisation_id, pledge_id, revision, intention, position)
values (:organisation_id, :pledge_id, :revision, :intention, :position);

-- pledge_action_add (organisation_id int, pledge_id int, revision int, position int, intention text, standard text, baseline text, action text, measure text, target text, lead text, partners text, start_on text, due_on text) -> changes
-- One line of the action plan.
insert into pledge_action (organisation_id, pledge_id, revision, position, intention, standard,
    baseline, action, measure, target, lead, partners, start_on, due_on)
values (:organisation_id, :pledge_id, :revision, :position, :intention, :standard, :baseline,
    :action, :measure, :target, :lead, :partners, :start_on, :due_on);

-- pledge_event_add (organisation_id int, pledge_id int, number int, kind text, revision int, at int, role text, person_id int, reason text, text_digest text, detail text, previous text, digest text) -> changes
-- One more event. Two at once on one pledge meet at the key: one of them is refused.
insert into pledge_event (organisation_id, pledge_id, number, kind, revision, at, role, person_id,
    reason, text_digest, detail, previous, digest)
values (:organisation_id, :pledge_id, :number, :kind, :revision, :at, :role, :person_id, :reason,
    :text_digest, :detail, :previous, :digest);

-- pledge_by_reference (reference text) -> one (id int, organisation_id int, reference text, code text, organisation_code text, name text, state text, revision int, framework text, framework_version text, wording text, signed_on text?, published_at int?, is_public int, created_at int, region text, holder_id int, period int, review_on text?, into_reference text)
-- One pledge, whoever may see it: the caller decides.
select id, organisation_id, reference, code, organisation_code, name, state, revision, framework,
       framework_version, wording, signed_on, published_at, is_public, created_at, region,
       holder_id, period, review_on, into_reference
from pledge where reference = :reference;

-- pledge_by_code (code text) -> one (reference text)
-- The reference behind a verification code.
select reference from pledge where code = :code;

-- pledge_by_id (organisation_id int, id int) -> one (reference text)
-- The reference of a pledge that a link or a row names.
select reference from pledge where organisation_id = :organisation_id and id = :id;

-- pledge_live (holder_id int) -> one (id int, reference text, state text)
-- The live pledge that an organisation holds; there is at most one.
select id, reference, state from pledge where holder_id = :holder_id and is_live = 1;

-- pledge_public_of_organisation (holder_id int) -> many (reference text, state text)
-- The newest pledge that an organisation holds and that was ever published, a live one first.
select reference, state from pledge
where holder_id = :holder_id and is_public = 1
order by is_live desc, id desc limit 1;

-- pledge_revision_of (organisation_id int, pledge_id int, revision int) -> one (sent_at int, text text, public_text text, text_digest text, statement text, leader_name text, leader_title text, leader_email text, has_union int, union_code text, union_name text, cosigner_name text, cosigner_title text, cosigner_email text, leader_key text, cosigner_key text, no_union_reason text, shows_leader int, shows_cosigner int, shows_leads int, plan_upload_id int)
-- What was sent with a revision.
select sent_at, text, public_text, text_digest, statement, leader_name, leader_title, leader_email,
       has_union, union_code, union_name, cosigner_name, cosigner_title, cosigner_email,
       leader_key, cosigner_key, no_union_reason, shows_leader, shows_cosigner, shows_leads, plan_upload_id
from pledge_revision
where organisation_id = :organisation_id and pledge_id = :pledge_id and revision = :revision;

-- pledge_revision_unions (organisation_id int, pledge_id int, at_most int) -> many (revision int, has_union int)
-- Who had to sign each revision.
select revision, has_union from pledge_revision
where organisation_id = :organisation_id and pledge_id = :pledge_id
order by revision limit :at_most;

-- pledge_intentions (organisation_id int, pledge_id int, revision int, at_most int) -> many (intention text)
-- The intentions of a revision, in the order of the framework.
select intention from pledge_intention
where organisation_id = :organisation_id and pledge_id = :pledge_id and revision = :revision
order by position limit :at_most;

-- pledge_actions (organisation_id int, pledge_id int, revision int, at_most int) -> many (intention text, standard text, baseline text, action text, measure text, target text, lead text, partners text, start_on text, due_on text)
-- The plan of a revision.
select intention, standard, baseline, action, measure, target, lead, partners, start_on, due_on
from pledge_action
where organisation_id = :organisation_id and pledge_id = :pledge_id and revision = :revision
order by position limit :at_most;

-- pledge_events (organisation_id int, pledge_id int, at_most int) -> many (number int, kind text, revision int, at int, role text, person_id int, reason text, text_digest text, detail text, previous text, digest text)
-- All that happened to a pledge, oldest first.
select number, kind, revision, at, role, person_id, reason, text_digest, detail, previous, digest
from pledge_event
where organisation_id = :organisation_id and pledge_id = :pledge_id
order by number limit :at_most;

-- pledge_link_add (token_hash text, organisation_id int, pledge_id int, revision int, role text, now int, expires_at int) -> changes
-- A new link.
insert into pledge_link (token_hash, organisation_id, pledge_id, revision, role, created_at,
                         expires_at)
values (:token_hash, :organisation_id, :pledge_id, :revision, :role, :now, :expires_at);

-- pledge_link_find (token_hash text) -> one (organisation_id int, pledge_id int, revision int, role text, expires_at int, used_at int?, ended_at int?)
-- The link behind a token.
select organisation_id, pledge_id, revision, role, expires_at, used_at, ended_at
from pledge_link where token_hash = :token_hash;

-- pledge_link_use (token_hash text, now int) -> changes
-- The holder has signed or refused.
update pledge_link set used_at = :now where token_hash = :token_hash and used_at is null;

-- pledge_links_end (organisation_id int, pledge_id int, role text, now int) -> changes
-- Earlier unused links of that role stop.
update pledge_link set ended_at = :now
where organisation_id = :organisation_id and pledge_id = :pledge_id and role = :role
  and used_at is null and ended_at is null;

-- pledge_words_drop (pledge_id int) -> changes
-- Before the words of a pledge are written anew.
delete from pledge_word where pledge_id = :pledge_id;

-- pledge_word_add (word text, pledge_id int, organisation_id int) -> changes
-- A word by which the register finds the pledge.
insert into pledge_word (word, pledge_id, organisation_id)
values (:word, :pledge_id, :organisation_id)
on conflict (word, pledge_id) do nothing;

-- pledge_register (q_1 text optional, q_1_end text?, q_2 text optional, q_2_end text?, q_3 text optional, q_3_end text?, region text optional, board text optional, kind text optional, intention text optional, state text optional, year text optional) -> page (reference text, organisation_code text, organisation text, town text, kind text, region text, board text, state text, signed_on text, year text, published_at int, action_count int, name_key text, id int)
-- The public register: every pledge that was ever published, with where it stands now.
-- sort newest: p.signed_on desc, p.id desc
-- sort oldest: p.signed_on, p.id
-- sort name: p.name_key, p.id
select p.reference, p.organisation_code, p.name as organisation, p.town, p.kind, p.region, p.board,
       p.state, p.signed_on, substr(p.signed_on, 1, 4) as year, p.published_at, p.action_count,
       p.name_key, p.id
from pledge p
where p.is_public = 1
[[q_1: and p.id in (select w.pledge_id from pledge_word w where w.word >= :q_1 and w.word < :q_1_end) ]]
[[q_2: and p.id in (select w.pledge_id from pledge_word w where w.word >= :q_2 and w.word < :q_2_end) ]]
[[q_3: and p.id in (select w.pledge_id from pledge_word w where w.word >= :q_3 and w.word < :q_3_end) ]]
[[region: and p.region = :region ]]
[[board: and p.board = :board ]]
[[kind: and p.kind = :kind ]]
[[intention: and exists (select 1 from pledge_intention i where i.intention = :intention and i.organisation_id = p.organisation_id and i.pledge_id = p.id and i.revision = p.revision) ]]
[[state: and p.state = :state ]]
[[year: and substr(p.signed_on, 1, 4) = :year ]];

-- pledge_register_intentions (q_1 text optional, q_1_end text?, q_2 text optional, q_2_end text?, q_3 text optional, q_3_end text?, region text optional, board text optional, kind text optional, intention text optional, state text optional, year text optional, at_most int) -> many (intention text, pledges int)
-- How many of those pledges cover each intention; the filter by intention itself is left out.
-- scans pledge - reads every public pledge that fits; the listing asks only where these are few
select i.intention, count(*)
from pledge p
join pledge_intention i on i.organisation_id = p.organisation_id and i.pledge_id = p.id and i.revision = p.revision
where p.is_public = 1
[[q_1: and p.id in (select w.pledge_id from pledge_word w where w.word >= :q_1 and w.word < :q_1_end) ]]
[[q_2: and p.id in (select w.pledge_id from pledge_word w where w.word >= :q_2 and w.word < :q_2_end) ]]
[[q_3: and p.id in (select w.pledge_id from pledge_word w where w.word >= :q_3 and w.word < :q_3_end) ]]
[[region: and p.region = :region ]]
[[board: and p.board = :board ]]
[[kind: and p.kind = :kind ]]
[[intention: and i.intention <> '' and :intention <> '' ]]
[[state: and p.state = :state ]]
[[year: and substr(p.signed_on, 1, 4) = :year ]]
group by i.intention
order by i.intention
limit :at_most;

-- pledge_queue (today text, scope text optional, state text optional) -> page (reference text, organisation text, organisation_code text, state text, state_at int, revision int, region text, id int)
-- The programme's queue: every pledge, the longest untouched first. Reads
-- organisation_within.
-- sort waiting: p.state_at, p.id
-- sort newest: p.state_at desc, p.id desc
select p.reference, p.name as organisation, p.organisation_code, p.state, p.state_at, p.revision,
       p.region, p.id
from pledge p
where p.revision > 0 and :today <> ''
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[state: and p.state = :state ]];

-- pledge_published_count (at_most int) -> one (pledges int)
-- How many pledges are in force, counted no further than at_most.
with counted as (select p.id from pledge p where p.state in ('published', 'under-review', 'renewed') limit :at_most)
select count(*) from counted;

-- pledge_waiting (today text, state text, scope text optional) -> one (pledges int, oldest_at int?)
-- How many pledges stand in a state, and since when the oldest of them.
select count(*), min(p.state_at) from pledge p
where p.state = :state and :today <> ''
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- pledge_after (id int, at_most int) -> many (organisation_id int, holder_id int, id int, reference text, state text, revision int, name text, organisation_code text, town text, kind text, board text, region text)
-- All pledges in portions, for the check of chains and the refresh of the register.
select organisation_id, holder_id, id, reference, state, revision, name, organisation_code, town, kind,
       board, region
from pledge where id > :id order by id limit :at_most;

-- pledge_place_set (organisation_id int, id int, organisation_code text, name text, name_key text, town text, kind text, board text, region text) -> changes
-- What the directory says today of who holds it.
update pledge
set organisation_code = :organisation_code, name = :name, name_key = :name_key, town = :town,
    kind = :kind, board = :board, region = :region
where organisation_id = :organisation_id and id = :id;

-- pledge_newest (holder_id int) -> many (reference text)
-- The newest pledge that an organisation holds.
select reference from pledge where holder_id = :holder_id order by id desc limit 1;

-- pledge_parties_of (organisation_id int, pledge_id int, since int) -> many (role text, name text, title text, email text, email_key text, confirmed_at int)
-- Who signs for a side today instead of whoever is named in the revision that was sent then.
select y.role, y.name, y.title, y.email, y.email_key, y.confirmed_at
from pledge_party y
where y.organisation_id = :organisation_id and y.pledge_id = :pledge_id
  and y.confirmed_at is not null and y.confirmed_at >= :since
order by y.role, y.number limit 100;

-- pledge_party_add (organisation_id int, pledge_id int, role text, number int, name text, title text, email text, email_key text, now int, reason text) -> changes
-- Somebody is asked to sign for a side from now on.
insert into pledge_party (organisation_id, pledge_id, role, number, name, title, email, email_key,
                          asked_at, reason)
values (:organisation_id, :pledge_id, :role, :number, :name, :title, :email, :email_key, :now,
        :reason);

-- pledge_party_confirm (organisation_id int, pledge_id int, role text, number int, now int) -> changes
-- They said yes.
update pledge_party set confirmed_at = :now
where organisation_id = :organisation_id and pledge_id = :pledge_id and role = :role
  and number = :number and confirmed_at is null and ended_at is null;

-- pledge_keeper_set (organisation_id int, pledge_id int, revision int, email text, now int) -> changes
-- Another one mends it.
insert into pledge_keeper (organisation_id, pledge_id, revision, email, since_at)
values (:organisation_id, :pledge_id, :revision, :email, :now)
on conflict (organisation_id, pledge_id, revision)
do update set email = excluded.email, since_at = excluded.since_at;

-- pledge_keeper_of (organisation_id int, pledge_id int, revision int) -> one (email text)
-- Who mends it instead of the leader.
select email from pledge_keeper
where organisation_id = :organisation_id and pledge_id = :pledge_id and revision = :revision;

-- pledge_of_person (person_id int, email_key text, day text, at_most int)
--   -> many (reference text, name text, organisation_code text, state text, is_public int, state_at int)
-- The pledges of organisations in which a person leads, coordinates or speaks for the staff side,
-- and those that they are asked to sign. Reads access_grant and organisation.
select p.reference, p.name, p.organisation_code, p.state, p.is_public, p.state_at
from pledge p
where p.holder_id in (
    select o.id from access_grant g join organisation o on o.code = g.area
    where g.person_id = :person_id and g.role in ('lead', 'union', 'coordinator')
      and g.from_on <= :day and (g.until_on is null or g.until_on > :day))
union
select p.reference, p.name, p.organisation_code, p.state, p.is_public, p.state_at
from pledge_revision r
join pledge p on p.organisation_id = r.organisation_id and p.id = r.pledge_id
  and p.revision = r.revision
where r.leader_key = :email_key
union
select p.reference, p.name, p.organisation_code, p.state, p.is_public, p.state_at
from pledge_revision r
join pledge p on p.organisation_id = r.organisation_id and p.id = r.pledge_id
  and p.revision = r.revision
where r.cosigner_key = :email_key
union
select p.reference, p.name, p.organisation_code, p.state, p.is_public, p.state_at
from pledge_party y
join pledge p on p.organisation_id = y.organisation_id and p.id = y.pledge_id
where y.email_key = :email_key and y.confirmed_at is not null
order by 6 desc limit :at_most;

-- ---- a person's own data: see pledge_privacy.c ----

-- pledge_signatory_copy (email_key text, at_most int)
--   -> many (pledge text, organisation text, organisation_code text, sent_at int, signs_as text,
--            name text, job_title text, email text)
-- The pledges that name a person as one who signs.
select p.reference as pledge, p.name as organisation, p.organisation_code, r.sent_at,
       'leader' as signs_as, r.leader_name as name, r.leader_title as job_title, r.leader_email as email
from pledge_revision r
join pledge p on p.organisation_id = r.organisation_id and p.id = r.pledge_id
where r.leader_key = :email_key
union all
select p.reference, p.name, p.organisation_code, r.sent_at, 'staff side', r.cosigner_name,
       r.cosigner_title, r.cosigner_email
from pledge_revision r
join pledge p on p.organisation_id = r.organisation_id and p.id = r.pledge_id
where r.cosigner_key = :email_key
limit :at_most;

-- pledge_signatory_erase (email_key text) -> changes
-- The address of a person goes from pledges that are over.
update pledge_revision
set leader_email = case when leader_key = :email_key then '' else leader_email end,
    leader_key = case when leader_key = :email_key then '' else leader_key end,
    cosigner_email = case when cosigner_key = :email_key then '' else cosigner_email end,
    cosigner_key = case when cosigner_key = :email_key then '' else cosigner_key end
where (leader_key = :email_key or cosigner_key = :email_key)
  and exists (select 1 from pledge p
              where p.organisation_id = pledge_revision.organisation_id
                and p.id = pledge_revision.pledge_id and p.is_live = 0);

-- pledge_signatory_retain (before int, at_most int) -> changes
-- Addresses go from pledges that were over before a time. Reads privacy_hold.
-- scans pledge - once a night
-- scans pledge_revision - once a night
update pledge_revision
set leader_email = '', leader_key = '', cosigner_email = '', cosigner_key = ''
where (organisation_id, pledge_id, revision) in (
    select r.organisation_id, r.pledge_id, r.revision
    from pledge p
    join pledge_revision r on r.organisation_id = p.organisation_id and r.pledge_id = p.id
    where p.is_live = 0 and p.state_at < :before
      and (r.leader_email <> '' or r.cosigner_email <> '')
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.reference)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.organisation_code)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = r.leader_key)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = r.cosigner_key)
    limit :at_most);

-- pledge_party_copy (email_key text, at_most int)
--   -> many (pledge text, organisation text, signs_as text, name text, job_title text, email text,
--            asked_at int, confirmed_at int?, ended_at int?, reason text)
-- The pledges for which a person was asked to sign from then on.
select p.reference as pledge, p.name as organisation, y.role as signs_as, y.name,
       y.title as job_title, y.email, y.asked_at, y.confirmed_at, y.ended_at, y.reason
from pledge_party y
join pledge p on p.organisation_id = y.organisation_id and p.id = y.pledge_id
where y.email_key = :email_key
limit :at_most;

-- pledge_party_erase (email_key text) -> changes
-- What names a person goes from where they no longer sign: the pledge is over, or another does.
update pledge_party set name = '', title = '', email = '', email_key = '', reason = ''
where email_key = :email_key
  and (ended_at is not null
       or exists (select 1 from pledge p
                  where p.organisation_id = pledge_party.organisation_id
                    and p.id = pledge_party.pledge_id and p.is_live = 0)
       or exists (select 1 from pledge_party n
                  where n.organisation_id = pledge_party.organisation_id
                    and n.pledge_id = pledge_party.pledge_id and n.role = pledge_party.role
                    and n.number > pledge_party.number and n.confirmed_at is not null));

-- pledge_party_retain (before int, at_most int) -> changes
-- The same for pledges that were over before a time. Reads privacy_hold.
-- scans pledge - once a night
-- scans pledge_party - once a night
update pledge_party set name = '', title = '', email = '', email_key = '', reason = ''
where (organisation_id, pledge_id, role, number) in (
    select y.organisation_id, y.pledge_id, y.role, y.number
    from pledge p
    join pledge_party y on y.organisation_id = p.organisation_id and y.pledge_id = p.id
    where p.is_live = 0 and p.state_at < :before and y.email <> ''
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.reference)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.organisation_code)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = y.email_key)
    limit :at_most);

-- pledge_event_copy (person_id int, at_most int)
--   -> many (pledge text, happened_at int, what text, as_whom text)
-- What a person did to pledges while signed in.
select p.reference as pledge, e.at as happened_at, e.kind as what, e.role as as_whom
from pledge_event e
join pledge p on p.organisation_id = e.organisation_id and p.id = e.pledge_id
where e.person_id = :person_id and e.person_id <> 0
order by e.at limit :at_most;

-- pledge_link_retain (before int, at_most int) -> changes
-- Links go that stopped working before a time. Reads privacy_hold.
-- scans pledge - once a night
-- scans pledge_link - once a night
delete from pledge_link
where token_hash in (
    select l.token_hash from pledge_link l
    join pledge p on p.organisation_id = l.organisation_id and p.id = l.pledge_id
    where l.expires_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.reference)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.organisation_code)
    limit :at_most);

-- pledge_keeper_copy (email text, email_key text, at_most int)
--   -> many (pledge text, organisation text, organisation_code text, email text, since_at int)
-- The returned pledges that a person mends in place of who signs them.
select p.reference as pledge, p.name as organisation, p.organisation_code, k.email, k.since_at
from pledge_keeper k
join pledge p on p.organisation_id = k.organisation_id and p.id = k.pledge_id
where k.email in (:email, :email_key)
order by k.since_at limit :at_most;

-- pledge_keeper_erase (email text, email_key text) -> changes
-- Whoever signs such a pledge mends it again.
delete from pledge_keeper where email in (:email, :email_key);

-- pledge_keeper_retain (before int, at_most int) -> changes
-- Who took over pledges that were over before a time goes. Reads privacy_hold.
-- scans pledge - once a night
-- scans pledge_keeper - once a night
delete from pledge_keeper
where (organisation_id, pledge_id, revision) in (
    select k.organisation_id, k.pledge_id, k.revision
    from pledge_keeper k
    join pledge p on p.organisation_id = k.organisation_id and p.id = k.pledge_id
    where p.is_live = 0 and p.state_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.reference)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = p.organisation_code)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = k.email)
    limit :at_most);

-- pledge_not_found (after int, at_most int) -> many (id int, reference text)
-- Pledges that are not over and that no search finds. Reads search_document.
select p.id, p.reference from pledge p
where p.id > :after and p.state not in ('withdrawn', 'merged')
  and not exists (select 1 from search_document d where d.kind = 'pledge' and d.key = p.reference)
order by p.id limit :at_most;

-- pledge_not_in_log (after int, at_most int) -> many (id int, reference text)
-- Public pledges that the public log has nothing of. Reads ledger_entry.
select p.id, p.reference from pledge p
where p.id > :after and p.is_public = 1
  and not exists (select 1 from ledger_entry e where e.subject = p.reference)
order by p.id limit :at_most;
