-- The roles that let somebody answer questions in their area, '' for everywhere: those with
-- MAY_ANSWER_ENQUIRIES, which lead_test.c holds against the policy.  Such a role counts on a day
-- from from_on on that is less than until_on; '~', behind all days, is no end.
create view lead_role as
select g.person_id, g.role, g.area, g.from_on, coalesce(g.until_on, '~') as until_on
from access_grant g where g.role in ('local', 'regional', 'national');

-- What lies in what as organisation_within says it, but a row a chain of links, from below: an
-- organisation in its first area, that in a second, that in a third.  SQLite can ask this for each
-- row of another table.  Days as above: until is the last day with '~' behind it, or '~'.
create view lead_chain as
select k.organisation_id, a.code as area_1, k.from_on as from_1,
       case when k.to_on = '' then '~' else k.to_on || '~' end as until_1,
       b.code as area_2, m.from_on as from_2,
       case when m.to_on = '' then '~' else m.to_on || '~' end as until_2,
       c.code as area_3, n.from_on as from_3,
       case when n.to_on = '' then '~' else n.to_on || '~' end as until_3
from organisation_link k
join organisation a on a.id = k.target_id
left join organisation_link m on m.organisation_id = k.target_id and m.dropped_by is null
left join organisation b on b.id = m.target_id
left join organisation_link n on n.organisation_id = m.target_id and n.dropped_by is null
left join organisation c on c.id = n.target_id
where k.dropped_by is null;

-- UTC seconds; when the national leads were told that a late question has no answer yet; null: not.
alter table enquiry add column pressed_at bigint;
