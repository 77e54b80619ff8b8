-- What is asked of organisations that have not signed, in one place each.

-- The region of an organisation, through its board (nearness 1) or by itself (2). A row holds from
-- its first day to its last; '' is no first or no last day. The nearest one counts:
--
--   (select g.region from campaign_region g where g.organisation_id = m.organisation_id
--      and g.from_on <= :today and (g.to_on = '' or g.to_on >= :today)
--    order by g.nearness, g.region limit 1)
create view campaign_region as
select l.organisation_id as organisation_id, t.code as region,
       case l.relation when 'board' then 1 else 2 end as nearness,
       case when l.from_on > g.from_on then l.from_on else g.from_on end as from_on,
       case when l.to_on = '' then g.to_on
            when g.to_on = '' or l.to_on < g.to_on then l.to_on else g.to_on end as to_on
from organisation_link l
join organisation_link g on g.relation = 'region' and g.dropped_by is null
  and g.organisation_id = case l.relation when 'board' then l.target_id
                                          else l.organisation_id end
join organisation t on t.id = g.target_id
where l.relation in ('board', 'region') and l.dropped_by is null;

-- Organisations that can sign and have not, with the pledge that waits or came back. One is open
-- from its first day to its last; '' is no first or no last day.
create view campaign_missing as
select o.code as code, r.organisation_id as organisation_id, r.name as name, r.kind as kind,
       r.town as town, r.sort_key as sort_key, r.opened_on as from_on, r.closed_on as to_on,
       p.reference as reference, coalesce(p.state, 'none') as state, p.state_at as state_at
from organisation_record r
join organisation o on o.id = r.organisation_id
left join pledge p on p.id = (select max(q.id) from pledge q
                              where q.holder_id = r.organisation_id
                                and q.state in ('awaiting', 'returned'))
where r.shelf = 'organisation' and r.dropped_by is null
  and r.kind in (select k.code from organisation_kind k where k.is_employer = 1)
  and (r.closed_on <> '' or r.state = 'open' or (r.state = 'planned' and r.opened_on <> ''))
  and not exists (select 1 from pledge s where s.holder_id = r.organisation_id and s.is_live = 1
                  and s.state <> 'awaiting');
