-- How strongly somebody is signed in, for how long, and on what, so that people can tell their
-- devices apart.  Whoever was signed in before signs in again.
delete from web_session;
alter table web_session add column id bigint not null default 0;         -- made by the program
alter table web_session add column strength bigint not null default 1;   -- 1: one factor; 2: two
alter table web_session add column needs bigint not null default 1;      -- strength below which only the second step is open
alter table web_session add column proved_at bigint not null default 0;  -- UTC seconds; last proof of who it is
alter table web_session add column idle_secs bigint not null default 0;  -- signed out after so long without a request
alter table web_session add column device text not null default '';      -- "Firefox on Windows"
alter table web_session add column network text not null default '';     -- where it was used last: "192.0.2.x"
create unique index web_session_id on web_session (id);
