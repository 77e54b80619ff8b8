-- What lies in what, and when: each organisation in itself, a site in its organisation, both in
-- their board and region, a board in its region. A row holds from its first day to its last, as the
-- links that it follows from do; '' is no first or no last day. Whatever is limited to an area asks
-- this, so that all agree:
--
--   x in (select w.code from organisation_within w where w.area = :scope
--         and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today))
create view organisation_within as
select o.code as code, o.code as area, '' as from_on, '' as to_on
from organisation o
union all
select o.code, t.code, l.from_on, l.to_on
from organisation_link l
join organisation o on o.id = l.organisation_id
join organisation t on t.id = l.target_id
where l.dropped_by is null
union all
select o.code, t.code,
       case when l.from_on > m.from_on then l.from_on else m.from_on end,
       case when l.to_on = '' then m.to_on
            when m.to_on = '' or l.to_on < m.to_on then l.to_on else m.to_on end
from organisation_link m
join organisation_link l on l.target_id = m.organisation_id and l.dropped_by is null
join organisation o on o.id = l.organisation_id
join organisation t on t.id = m.target_id
where m.dropped_by is null
union all
select o.code, t.code,
       case when l.from_on > m.from_on and l.from_on > n.from_on then l.from_on
            when m.from_on > n.from_on then m.from_on else n.from_on end,
       case when l.to_on <> '' and (m.to_on = '' or l.to_on <= m.to_on)
                 and (n.to_on = '' or l.to_on <= n.to_on) then l.to_on
            when m.to_on <> '' and (n.to_on = '' or m.to_on <= n.to_on) then m.to_on
            else n.to_on end
from organisation_link n
join organisation_link m on m.target_id = n.organisation_id and m.dropped_by is null
join organisation_link l on l.target_id = m.organisation_id and l.dropped_by is null
join organisation o on o.id = l.organisation_id
join organisation t on t.id = n.target_id
where n.dropped_by is null;
