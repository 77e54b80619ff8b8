-- What must not stand in public, an insult or somebody else's name, is hidden by the programme.

-- UTC seconds since which the public reads nothing of it; null: it reads what the person chose.
alter table individual add column hidden_at bigint;
-- Why, as the programme told the person; '' for none, and once withdrawn.
alter table individual add column hidden_reason text not null default '';
create index individual_readable on individual (confirmed_at, id)
    where state = 'confirmed' and (is_listed = 1 or hidden_at is not null);
