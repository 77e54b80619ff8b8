-- lead_add_row (organisation_id int, id int, area text, theme text, person_id int, name text,
--   job_title text, shows_email int, from_on text, to_on text, now int, confirm_by_on text)
--   -> changes
-- One more lead, confirmed by being said.
insert into lead (organisation_id, id, area, theme, person_id, name, job_title, shows_email,
                  from_on, to_on, confirmed_at, confirm_by_on)
values (:organisation_id, :id, :area, :theme, :person_id, :name, :job_title, :shows_email,
        :from_on, :to_on, :now, :confirm_by_on);

-- lead_row (id int) -> one (organisation_id int, id int, area text, theme text, person_id int,
--   name text, job_title text, shows_email int, from_on text, to_on text, confirmed_at int,
--   confirm_by_on text, asked int, hidden_on text, email text, is_closed int)
-- One of them. Reads person.
select l.organisation_id, l.id, l.area, l.theme, l.person_id, l.name, l.job_title, l.shows_email,
       l.from_on, l.to_on, l.confirmed_at, l.confirm_by_on, l.asked, l.hidden_on, p.email,
       case when p.closed_at is null then 0 else 1 end as is_closed
from lead l join person p on p.id = l.person_id
where l.id = :id;

-- lead_rows_on (area text, day text, today text, at_most int)
--   -> many (organisation_id int, id int, theme text, person_id int, name text, job_title text,
--            shows_email int, from_on text, to_on text, email text, cover_id int?,
--            cover_name text?, back_on text?)
-- Who leads an area on a day and is shown, with who stands in for them; the longest first.  A role
-- must let them answer there on that day; of a day that has passed it is enough that none had ended
-- before it, for of who led before they had an account here no role tells.  Reads person and, by
-- lead_role, access_grant and organisation_within.
select l.organisation_id, l.id, l.theme, l.person_id, l.name, l.job_title, l.shows_email,
       l.from_on, l.to_on, p.email, a.cover_id, a.cover_name, a.to_on as back_on
from lead l
join person p on p.id = l.person_id
left join lead_away a on a.organisation_id = l.organisation_id and a.lead_id = l.id
  and a.from_on <= :day and a.to_on >= :day
where l.area = :area and l.from_on <= :day and (l.to_on = '' or l.to_on >= :day)
  and (l.hidden_on = '' or l.hidden_on > :day) and l.name <> ''
  and (exists (select 1 from lead_role g
        where g.person_id = l.person_id and g.from_on <= :day and g.until_on > :day
          and (g.area = '' or g.area in (
              select w.area from organisation_within w
              where w.code = :area and w.from_on <= :day and (w.to_on = '' or w.to_on >= :day))))
       or (:day < :today
           and not exists (select 1 from lead_role g
                 where g.person_id = l.person_id and g.until_on <= :day
                   and (g.area = '' or g.area in (
                       select w.area from organisation_within w where w.code = :area)))))
order by l.theme, l.from_on, l.id, a.number limit :at_most;

-- lead_of_person (person_id int, today text, at_most int)
--   -> many (id int, area text, theme text, from_on text, to_on text, confirm_by_on text,
--            hidden_on text, shows_email int)
-- What a person leads today or will.
select l.id, l.area, l.theme, l.from_on, l.to_on, l.confirm_by_on, l.hidden_on, l.shows_email
from lead l
where l.person_id = :person_id and (l.to_on = '' or l.to_on >= :today)
order by l.id limit :at_most;

-- lead_confirm_row (organisation_id int, id int, now int, confirm_by_on text) -> changes
-- It was said that it is so.
update lead set confirmed_at = :now, confirm_by_on = :confirm_by_on, asked = 0, hidden_on = ''
where organisation_id = :organisation_id and id = :id;

-- lead_show_row (organisation_id int, id int, shows_email int) -> changes
-- Whether the address is shown.
update lead set shows_email = :shows_email where organisation_id = :organisation_id and id = :id;

-- lead_end_row (organisation_id int, id int, to_on text) -> changes
-- The last day of a lead.
update lead set to_on = :to_on where organisation_id = :organisation_id and id = :id;

-- lead_asked_row (organisation_id int, id int) -> changes
-- They were asked to say that it is still so.
update lead set asked = 1 where organisation_id = :organisation_id and id = :id and asked = 0;

-- lead_hide_row (organisation_id int, id int, today text) -> changes
-- Not shown from this day on.
update lead set hidden_on = :today
where organisation_id = :organisation_id and id = :id and hidden_on = '';

-- lead_to_ask (by_on text, today text, at_most int) -> many (id int)
-- Whose word is soon too old, and who were not asked; not who ends before that.
select l.id from lead l
where (l.to_on = '' or l.to_on > l.confirm_by_on) and l.hidden_on = '' and l.confirm_by_on <= :by_on
  and l.confirm_by_on >= :today and l.asked = 0
order by l.confirm_by_on, l.id limit :at_most;

-- lead_to_hide (today text, at_most int) -> many (id int)
-- Whose word is too old.
select l.id from lead l
where (l.to_on = '' or l.to_on >= :today) and l.hidden_on = '' and l.confirm_by_on < :today
order by l.confirm_by_on, l.id limit :at_most;

-- lead_to_lose (today text, at_most int) -> many (id int)
-- Who is to lead today or later, and no role lets them answer there any more. Reads, by lead_role
-- and lead_chain, access_grant, organisation and organisation_link.
-- scans lead - few rows: one or two an area
-- scans access_grant - PostgreSQL may join it whole, as people with a role are few
select l.id from lead l
where (l.to_on = '' or l.to_on >= :today)
  and not exists (select 1 from lead_role g
      where g.person_id = l.person_id and g.from_on <= :today and g.until_on > :today
        and (g.area = '' or g.area = l.area or exists (
            select 1 from lead_chain z
            where z.organisation_id = l.organisation_id and z.from_1 <= :today and z.until_1 > :today
              and (z.area_1 = g.area or (z.from_2 <= :today and z.until_2 > :today
                   and (z.area_2 = g.area or (z.from_3 <= :today and z.until_3 > :today
                        and z.area_3 = g.area)))))))
order by l.id limit :at_most;

-- lead_lost_until (person_id int, area text, today text) -> one (until_on text?)
-- The first day on which no role let somebody answer in an area any more; where the area left that
-- of a role, its last day there and '~' behind it. Reads, by lead_role, access_grant, and
-- organisation_within.
select max(u.until_on) from (
    select g.until_on from lead_role g
    where g.person_id = :person_id and g.until_on <= :today
      and (g.area = '' or g.area in (
          select w.area from organisation_within w
          where w.code = :area and (w.to_on = '' or w.to_on >= g.until_on)))
    union all
    select w.to_on || '~' from organisation_within w
    where w.code = :area and w.to_on <> '' and w.to_on < :today
      and w.area in (select g.area from lead_role g
                     where g.person_id = :person_id and g.from_on <= w.to_on
                       and g.until_on > w.to_on)) u;

-- lead_lose_row (organisation_id int, id int, to_on text) -> changes
-- The last day of a lead whose role has ended; who was erased is forgotten with it. Reads person.
update lead set to_on = :to_on,
                name = case when (select p.email from person p where p.id = lead.person_id) = ''
                            then '' else name end
where organisation_id = :organisation_id and id = :id;

-- lead_away_add (organisation_id int, lead_id int, from_on text, to_on text, cover_id int?,
--   cover_name text) -> changes
-- One more time away.
insert into lead_away (organisation_id, lead_id, number, from_on, to_on, cover_id, cover_name)
select :organisation_id, :lead_id,
       coalesce((select max(a.number) from lead_away a
                 where a.organisation_id = :organisation_id and a.lead_id = :lead_id), 0) + 1,
       :from_on, :to_on, :cover_id, :cover_name;

-- lead_aways (organisation_id int, lead_id int, from_on text, at_most int)
--   -> many (number int, from_on text, to_on text, cover_name text)
-- Times away that have not ended before a day.
select a.number, a.from_on, a.to_on, a.cover_name from lead_away a
where a.organisation_id = :organisation_id and a.lead_id = :lead_id and a.to_on >= :from_on
order by a.from_on limit :at_most;

-- lead_away_drop (organisation_id int, lead_id int, number int) -> changes
-- A time away that was a mistake, or is over early.
delete from lead_away
where organisation_id = :organisation_id and lead_id = :lead_id and number = :number;

-- lead_list (today text, scope text optional, area text optional, theme text optional,
--   state text optional)
--   -> page (id int, area text, area_name text, theme text, name text, job_title text,
--            from_on text, to_on text, confirm_by_on text, state text)
-- Leads for the desk, each with what is to do. Reads organisation_within and organisation_record.
-- sort area: l.area, l.id
-- sort newest: l.id desc
-- sort confirm: l.confirm_by_on, l.id
-- scans lead - few rows: one or two an area
select l.id, l.area, r.name as area_name, l.theme, l.name, l.job_title, l.from_on, l.to_on,
       l.confirm_by_on,
       case when l.to_on <> '' and l.to_on < :today then 'ended'
            when r.closed_on <> '' and r.closed_on < :today then 'gone'
            when l.hidden_on <> '' then 'hidden'
            when l.from_on > :today then 'coming' else 'shown' end as state
from lead l
join organisation_record r on r.organisation_id = l.organisation_id and r.dropped_by is null
where true
[[scope: and (l.area = :scope or l.area in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today))) ]]
[[area: and l.area = :area ]]
[[theme: and l.theme = :theme ]]
[[state: and case when l.to_on <> '' and l.to_on < :today then 'ended'
            when r.closed_on <> '' and r.closed_on < :today then 'gone'
            when l.hidden_on <> '' then 'hidden'
            when l.from_on > :today then 'coming' else 'shown' end = :state ]];

-- lead_public (today text, area text optional, theme text optional)
--   -> page (area text, area_name text, theme text, name text, job_title text, from_on text,
--            sort_key text, id int)
-- Leads of today as everybody may see them, without addresses.
-- Reads organisation_record and, by lead_role and lead_chain, access_grant, organisation and
-- organisation_link.
-- sort area: r.sort_key, l.id
-- sort newest: l.id desc
-- scans lead - few rows: one or two an area
-- scans organisation_record - only those of the leads, by their keys
-- scans access_grant - PostgreSQL may join it whole, as people with a role are few
select l.area, r.name as area_name, l.theme, l.name, l.job_title, l.from_on, r.sort_key, l.id
from lead l
join organisation_record r on r.organisation_id = l.organisation_id and r.dropped_by is null
where l.from_on <= :today and (l.to_on = '' or l.to_on >= :today) and l.hidden_on = ''
  and l.name <> '' and (r.closed_on = '' or r.closed_on >= :today)
  and exists (select 1 from lead_role g
      where g.person_id = l.person_id and g.from_on <= :today and g.until_on > :today
        and (g.area = '' or g.area = l.area or exists (
            select 1 from lead_chain z
            where z.organisation_id = l.organisation_id and z.from_1 <= :today and z.until_1 > :today
              and (z.area_1 = g.area or (z.from_2 <= :today and z.until_2 > :today
                   and (z.area_2 = g.area or (z.from_3 <= :today and z.until_3 > :today
                        and z.area_3 = g.area)))))))
[[area: and l.area = :area ]]
[[theme: and l.theme = :theme ]];

-- lead_waiting (today text, scope text optional) -> one (leads int, oldest_at int?)
-- Leads that nobody confirmed, or whose area is gone. Reads organisation_within and
-- organisation_record.
-- scans lead - few rows: one or two an area
select count(*), min(l.confirmed_at)
from lead l
join organisation_record r on r.organisation_id = l.organisation_id and r.dropped_by is null
where (l.to_on = '' or l.to_on >= :today)
  and (l.hidden_on <> '' or (r.closed_on <> '' and r.closed_on < :today))
[[scope: and (l.area = :scope or l.area in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today))) ]];

-- ---- a person's own data: see lead_privacy.c ----

-- lead_copy (person_id int, at_most int)
--   -> many (area text, theme text, name text, job_title text, shows_address int, from_on text,
--            to_on text, confirmed_at int)
-- What a person leads and led.
select l.area, l.theme, l.name, l.job_title, l.shows_email as shows_address, l.from_on, l.to_on,
       l.confirmed_at
from lead l where l.person_id = :person_id order by l.id limit :at_most;

-- lead_erase (person_id int, now int) -> changes
-- What has ended names nobody any more, and an address is not shown.
update lead set name = case when to_on = '' then name else '' end,
                job_title = case when to_on = '' then job_title else '' end, shows_email = 0
where person_id = :person_id and :now > 0;

-- lead_retain (before_on text, at_most int) -> changes
-- Who led an area until before a day. Reads privacy_hold.
delete from lead where id in (
    select l.id from lead l
    where l.to_on <> '' and l.to_on < :before_on
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = l.person_id)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = l.area)
    order by l.to_on limit :at_most);

-- lead_cover_copy (person_id int, at_most int)
--   -> many (from_on text, to_on text, name text)
-- For whom a person stood in.
select a.from_on, a.to_on, a.cover_name as name from lead_away a
where a.cover_id = :person_id order by a.from_on limit :at_most;

-- lead_cover_erase (person_id int) -> changes
-- Who stood in is forgotten.
update lead_away set cover_id = null, cover_name = '' where cover_id = :person_id;
