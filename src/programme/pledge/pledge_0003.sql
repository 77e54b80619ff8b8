-- By whom a pledge is found for its signatories' own copy and for erasure.

-- The leader's address in small letters; '' once it was erased.
alter table pledge_revision add column leader_key text not null default '';
-- The same of who signs for the staff side; '' too when nobody does.
alter table pledge_revision add column cosigner_key text not null default '';
-- Addresses from before are taken as they were typed.
update pledge_revision set leader_key = leader_email, cosigner_key = cosigner_email;
create index pledge_revision_leader on pledge_revision (leader_key);
create index pledge_revision_cosigner on pledge_revision (cosigner_key);
create index pledge_event_person on pledge_event (person_id);
create index pledge_link_expires on pledge_link (expires_at);
create index pledge_ended on pledge (state_at, id) where is_live = 0;
